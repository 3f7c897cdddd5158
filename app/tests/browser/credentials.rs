//! The stored credentials, and the requests that contain the access token.

use app::sessions::credentials::Credentials;
use leptos::prelude::window;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::{by_ada, logged_in, message, user};
use crate::support::network::Network;
use crate::support::other_tab;
use crate::support::page::Page;
use crate::support::responses::{json, messages};

#[wasm_bindgen_test]
async fn the_user_stays_logged_in_after_a_reload() {
    let mut page = Page::open_as_ada("/", Network::new()).await;
    page.reload().await;
    page.wait_for("Ada").await;
    assert!(page.shows("Post a message"));
    assert_eq!(page.network.count("POST /api/token"), 0);
}

#[wasm_bindgen_test]
async fn corrupt_credentials_are_ignored() {
    for json in ["", "{", "null", "[1]", r#"{"token":7}"#, r#"{"user":{"username":"ada"}}"#] {
        other_tab::stores_credentials(json);
        let page = Page::open("/", Network::new()).await;
        page.wait_for("Log in").await;
    }
}

#[wasm_bindgen_test]
async fn a_stored_token_that_cannot_be_a_header_is_ignored() {
    for token in ["", "a b", "a\\nb", "é", "a\\u0000"] {
        other_tab::stores_credentials(&format!(
            r#"{{"user":{{"username":"ada","name":"Ada","created_at":""}},"token":"{token}"}}"#
        ));
        let page = Page::open("/", Network::new()).await;
        page.wait_for("Log in").await;
        assert!(!page.shows("Ada"), "{token}");
    }
}

#[wasm_bindgen_test]
async fn only_our_api_receives_the_access_token() {
    let network = Network::new();
    network.respond("GET /api/messages", messages(&[by_ada(message("2", "By Ada"))], None));
    let page = Page::open_as_ada("/", network).await;
    page.network.respond("PATCH /api/me", json(200, &user("ada")));
    page.click("Ada").await;
    page.click("Account").await;
    page.submit("Save name").await;
    page.wait_for("Name saved.").await;
    let own_api = format!("{}/api/", window().location().origin().unwrap());
    let sent_with_token = page.network.sent_with_token();
    assert!(!sent_with_token.is_empty());
    for sent in sent_with_token {
        assert!(sent.url.starts_with(&own_api), "{}", sent.url);
    }
}

#[wasm_bindgen_test]
fn debug_output_does_not_contain_the_access_token() {
    let credentials = Credentials::from(logged_in("ada", "secret-token"));
    assert!(!format!("{credentials:?}").contains("secret-token"));
}
