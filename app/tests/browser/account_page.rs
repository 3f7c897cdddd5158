//! The account page as a whole. Its sections have test files of their own.

use leptos::prelude::document;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::logged_in;
use crate::support::network::Network;
use crate::support::page::Page;
use crate::support::responses::json;
use crate::support::wait::heading_has_focus;

#[wasm_bindgen_test]
async fn the_account_menu_links_to_the_account_page() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.click("Ada").await;
    page.click("Account").await;
    page.wait_for("@ada").await;
    assert_eq!(document().title(), "Account · Wishboard");
    heading_has_focus().await;
    assert!(!page.shows("Log out"), "the menu is closed");
    let headings: Vec<String> = page.find("h2").iter().map(|heading| heading.inner_text()).collect();
    assert_eq!(
        headings,
        ["Name", "Change password", "Where you're logged in", "Your data", "Delete account"]
    );
}

#[wasm_bindgen_test]
async fn a_guest_can_log_in_on_the_account_page() {
    let network = Network::new();
    network.respond("POST /api/login", json(200, &logged_in("ada", "first")));
    let page = Page::open("/account", network).await;
    page.wait_for("Log in to see your account.").await;
    assert!(!page.shows("Delete account"));
    page.submit_login("ada", "right horse").await;
    page.wait_for("Delete account").await;
    assert!(page.shows("@ada"));
}
