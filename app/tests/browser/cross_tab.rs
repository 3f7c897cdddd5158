//! The session in several tabs, and in a page from the back/forward cache.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::{by_ada, message};
use crate::support::network::Network;
use crate::support::page::Page;
use crate::support::responses::messages;
use crate::support::wait::{settled, wait_until};
use crate::support::web_storage::CREDENTIALS_KEY;
use crate::support::{other_tab, web_storage};

/// The hint that a guest sees on the message board.
const GUEST_HINT: &str = "Log in or sign up to post a message.";

#[wasm_bindgen_test]
async fn a_login_in_another_tab_changes_the_user_in_this_tab() {
    let page = Page::open_as_ada("/", Network::new()).await;
    other_tab::grace_logs_in();
    page.wait_for("Grace").await;
    assert!(!page.shows("Ada"));
}

#[wasm_bindgen_test]
async fn clearing_web_storage_in_another_tab_logs_out_this_tab() {
    let page = Page::open_as_ada("/", Network::new()).await;
    other_tab::clears_web_storage();
    page.wait_for("Log in").await;
    assert!(!page.shows("Ada"));
}

#[wasm_bindgen_test]
async fn a_logout_in_another_tab_removes_typed_text_from_this_tab() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.write_message("Half a thought").await;
    web_storage::clear();
    other_tab::broadcasts("out").await;
    page.wait_for(GUEST_HINT).await;
    assert!(page.find("dialog").is_empty());
    assert!(!page.all_values().contains(&"Half a thought".to_owned()));
}

#[wasm_bindgen_test]
async fn a_late_logout_broadcast_does_not_end_a_newer_login() {
    let page = Page::open_as_ada("/", Network::new()).await;
    let newer = web_storage::get(CREDENTIALS_KEY).unwrap().replace("first", "second");
    web_storage::set(CREDENTIALS_KEY, &newer);
    other_tab::broadcasts("out").await;
    assert!(page.shows("Ada"));
}

#[wasm_bindgen_test]
async fn a_logout_broadcast_may_arrive_before_the_storage_event() {
    let page = Page::open_as_ada("/", Network::new()).await;
    other_tab::broadcasts("out").await;
    page.wait_for(GUEST_HINT).await;
}

#[wasm_bindgen_test]
async fn posts_of_a_user_deleted_in_another_tab_disappear() {
    let network = Network::new();
    let listed = [by_ada(message("2", "By Ada")), message("1", "First")];
    network.respond("GET /api/messages", messages(&listed, None));
    let page = Page::open_as_ada("/", network).await;
    page.wait_for("By Ada").await;
    other_tab::broadcasts("gone ada").await;
    web_storage::clear();
    other_tab::broadcasts("out").await;
    wait_until("her messages to disappear", || !page.shows("By Ada")).await;
    settled().await;
    assert!(page.shows("First") && !page.shows("By Ada"), "the server's list still includes her messages");
}

#[wasm_bindgen_test]
async fn a_notice_names_the_user_who_logs_in_after_a_logout_in_another_tab() {
    let page = Page::open_as_ada("/", Network::new()).await;
    let graces = other_tab::graces_credentials();
    web_storage::clear();
    other_tab::broadcasts("out").await;
    page.wait_for("Log in").await;
    other_tab::stores_credentials(&graces);
    page.wait_for("You're now logged in as \u{2068}Grace\u{2069}.").await;
}

#[wasm_bindgen_test]
async fn a_restored_page_shows_no_user_data_after_a_logout() {
    let page = Page::open_as_ada("/account", Network::new()).await;
    page.wait_for("@ada").await;
    other_tab::browser_restores_page();
    settled().await;
    assert!(page.shows("@ada"), "Ada is still logged in");
    web_storage::clear();
    other_tab::browser_restores_page();
    page.wait_for("Log in to see your account.").await;
    assert!(!page.shows("Ada") && !page.shows("@ada"));
}

#[wasm_bindgen_test]
async fn a_restored_page_shows_the_user_who_is_logged_in_now() {
    let page = Page::open_as_ada("/account", Network::new()).await;
    web_storage::set(CREDENTIALS_KEY, &other_tab::graces_credentials());
    other_tab::browser_restores_page();
    page.wait_for("@grace").await;
    page.wait_for("You're now logged in as \u{2068}Grace\u{2069}.").await;
}
