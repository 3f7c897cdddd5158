//! The login, in this tab and others.

use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{StorageEvent, StorageEventInit};

use crate::network::{Network, logged_in};
use crate::page::{Page, forget_everything};

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

#[wasm_bindgen_test]
fn a_token_is_never_printed() {
    let login = app::session::Login::from(logged_in("ada", "secret-token"));
    assert!(!format!("{login:?}").contains("secret-token"));
}

#[expect(clippy::disallowed_methods, reason = "looks behind the app's back")]
fn stored() -> String {
    window().local_storage().unwrap().unwrap().get_item(KEY).unwrap().unwrap()
}
