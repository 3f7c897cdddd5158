//! The login, in this tab and others.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{
    BroadcastChannel, PageTransitionEvent, PageTransitionEventInit, StorageEvent, StorageEventInit,
};

use crate::network::{Network, adas, gate, json, logged_in, message, messages, user};
use crate::page::{Page, drawn, eventually, forget_everything};

const KEY: &str = "wishboard.session";

/// What another tab does to the storage: it changes, and this tab is told.
#[expect(clippy::disallowed_methods, reason = "another tab is not this app")]
fn another_tab_stores(json: &str) {
    window().local_storage().unwrap().unwrap().set_item(KEY, json).unwrap();
    told(Some(KEY));
}

/// Whoever was logged in before.
pub fn grace_logs_in_in_another_tab() {
    another_tab_stores(&stored().replace("ada", "grace").replace("Ada", "Grace"));
}

fn told(key: Option<&str>) {
    let init = StorageEventInit::new();
    init.set_key(key);
    window().dispatch_event(&StorageEvent::new_with_event_init_dict("storage", &init).unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn a_login_survives_a_reload() {
    let mut page = Page::open_as_ada("/", Network::new()).await;
    page.reload();
    page.sees("Ada").await;
    assert!(page.shows("Post a message"));
    assert_eq!(page.network.count("POST /api/token"), 0, "nobody is asked");
}

#[wasm_bindgen_test]
async fn a_corrupt_login_is_none() {
    for json in ["", "{", "null", "[1]", r#"{"token":7}"#, r#"{"user":{"username":"ada"}}"#] {
        another_tab_stores(json);
        let page = Page::open("/", Network::new());
        page.sees("Log in").await;
    }
}

#[wasm_bindgen_test]
async fn logging_in_in_another_tab_shows_here() {
    let grace = Page::open_as_ada("/", Network::new()).await;
    grace_logs_in_in_another_tab();
    grace.sees("Grace").await;
    assert!(!grace.shows("Ada"));
}

#[wasm_bindgen_test]
async fn logging_out_in_another_tab_shows_here() {
    let page = Page::open_as_ada("/", Network::new()).await;
    forget_everything();
    told(None);
    page.sees("Log in").await;
    assert!(!page.shows("Ada"));
}

/// What another tab says, beside what it does to the storage. All have heard it then.
pub async fn another_tab_says(word: &str) {
    let (tab, last) =
        (BroadcastChannel::new("wishboard").unwrap(), BroadcastChannel::new("wishboard").unwrap());
    let (heard, hear) = gate();
    last.set_onmessage(Some(&hear));
    tab.post_message(&word.into()).unwrap();
    JsFuture::from(heard).await.unwrap();
    last.close();
    drawn().await;
}

#[wasm_bindgen_test]
async fn a_token_that_can_not_be_one_is_none() {
    for token in ["", "a b", "a\\nb", "é", "a\\u0000"] {
        another_tab_stores(&format!(
            r#"{{"user":{{"username":"ada","name":"Ada","created_at":""}},"token":"{token}"}}"#
        ));
        let page = Page::open("/", Network::new());
        page.sees("Log in").await;
        assert!(!page.shows("Ada"), "{token}");
    }
}

#[wasm_bindgen_test]
async fn logging_out_in_another_tab_leaves_nothing_of_a_person_here() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.click("Post a message").await;
    page.fill("Message", "Half a thought").await;
    forget_everything();
    another_tab_says("out").await;
    page.sees("Log in or sign up to post a message.").await;
    assert!(page.find("dialog").is_empty());
    let left = document().query_selector_all("textarea").unwrap();
    for at in 0..left.length() {
        let field: web_sys::HtmlTextAreaElement = wasm_bindgen::JsCast::unchecked_into(left.get(at).unwrap());
        assert_eq!(field.value(), "");
    }
}

#[wasm_bindgen_test]
async fn a_late_word_of_a_log_out_ends_no_newer_login() {
    let page = Page::open_as_ada("/", Network::new()).await;
    behind_the_back(&stored().replace("first", "second"));
    another_tab_says("out").await;
    assert!(page.shows("Ada"));
}

#[wasm_bindgen_test]
async fn the_word_of_a_log_out_may_come_before_the_storage_knows() {
    let page = Page::open_as_ada("/", Network::new()).await;
    another_tab_says("out").await;
    page.sees("Log in or sign up to post a message.").await;
}

#[wasm_bindgen_test]
async fn what_a_deleted_account_wrote_goes_from_other_tabs_too() {
    let network = Network::new();
    network.answer("GET /api/messages", messages(&[adas(message("2", "Hers")), message("1", "First")], None));
    let page = Page::open_as_ada("/", network).await;
    page.sees("Hers").await;
    another_tab_says("gone ada").await;
    forget_everything();
    another_tab_says("out").await;
    eventually("her messages to go", || !page.shows("Hers")).await;
    drawn().await;
    assert!(page.shows("First") && !page.shows("Hers"), "the list may still have them");
}

#[wasm_bindgen_test]
async fn who_comes_after_a_log_out_in_another_tab_is_named() {
    let page = Page::open_as_ada("/", Network::new()).await;
    let hers = stored().replace("ada", "grace").replace("Ada", "Grace");
    forget_everything();
    another_tab_says("out").await;
    page.sees("Log in").await;
    another_tab_stores(&hers);
    page.sees("You are now logged in as \u{2068}Grace\u{2069}.").await;
}

/// The browser shows a page again that it had put away.
fn comes_back() {
    let init = PageTransitionEventInit::new();
    init.set_persisted(true);
    let event = PageTransitionEvent::new_with_event_init_dict("pageshow", &init).unwrap();
    window().dispatch_event(&event).unwrap();
}

#[wasm_bindgen_test]
async fn a_page_that_comes_back_after_a_log_out_shows_nothing_of_the_person() {
    let page = Page::open_as_ada("/account", Network::new()).await;
    page.sees("@ada").await;
    comes_back();
    drawn().await;
    assert!(page.shows("@ada"), "nobody has logged out");
    forget_everything();
    comes_back();
    page.sees("Log in to see your account.").await;
    assert!(!page.shows("Ada") && !page.shows("@ada"));
}

#[wasm_bindgen_test]
async fn a_page_that_comes_back_shows_who_is_logged_in_by_now() {
    let page = Page::open_as_ada("/account", Network::new()).await;
    let hers = stored().replace("ada", "grace").replace("Ada", "Grace");
    behind_the_back(&hers);
    comes_back();
    page.sees("@grace").await;
    page.sees("You are now logged in as \u{2068}Grace\u{2069}.").await;
}

#[expect(clippy::disallowed_methods, reason = "another tab is not this app")]
fn behind_the_back(json: &str) {
    window().local_storage().unwrap().unwrap().set_item(KEY, json).unwrap();
}

#[wasm_bindgen_test]
async fn the_token_goes_to_our_own_api_only() {
    let network = Network::new();
    network.answer("GET /api/messages", messages(&[adas(message("2", "Hers"))], None));
    let page = Page::open_as_ada("/", network).await;
    page.network.answer("PATCH /api/me", json(200, &user("ada")));
    page.click("Ada").await;
    page.click("Account").await;
    page.submit("Save name").await;
    page.sees("Saved").await;
    let own = format!("{}/api/", window().location().origin().unwrap());
    let stamped = page.network.stamped();
    assert!(!stamped.is_empty());
    for sent in stamped {
        assert!(sent.url.starts_with(&own), "{}", sent.url);
    }
}

#[wasm_bindgen_test]
fn a_token_is_never_printed() {
    let login = app::session::Login::from(logged_in("ada", "secret-token"));
    assert!(!format!("{login:?}").contains("secret-token"));
}

#[expect(clippy::disallowed_methods, reason = "looks behind the app's back")]
fn stored() -> String {
    window().local_storage().unwrap().unwrap().get_item(KEY).unwrap().unwrap()
}
