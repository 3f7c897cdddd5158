//! Reading the message board.

use shared::problem::ProblemType;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::RequestCredentials;

use crate::support::fixtures::message;
use crate::support::gate::Gate;
use crate::support::network::Network;
use crate::support::page::Page;
use crate::support::responses::{messages, problem};

const LIST: &str = "GET /api/messages";
const OLDER: &str = "GET /api/messages?before=a%2Fb%3D";

#[wasm_bindgen_test]
async fn a_guest_sees_the_newest_messages_with_author_and_time() {
    let network = Network::new();
    network.respond(LIST, messages(&[message("2", "Second\nline"), message("1", "First")], None));
    let page = Page::open("/", network).await;
    page.wait_for("Second").await;
    let newest = page.find("article").remove(0);
    assert!(newest.inner_text().contains("Grace"));
    let time = newest.query_selector("time").unwrap().unwrap();
    assert_eq!(time.get_attribute("datetime").unwrap(), "2026-11-20T10:00:00.000Z");
    assert!(time.get_attribute("title").unwrap().contains("2026"));
    assert!(!time.text_content().unwrap().is_empty());
    assert!(!page.shows("Older messages"));
    assert!(newest.text_content().unwrap().contains("Second\nline"));
}

#[wasm_bindgen_test]
async fn public_lists_are_requested_without_token_and_cookies() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.wait_for("No messages yet").await;
    for sent in page.network.sent(LIST) {
        assert_eq!(sent.authorization, None);
        assert_eq!(sent.credentials, RequestCredentials::Omit);
    }
}

#[wasm_bindgen_test]
async fn html_in_a_message_is_shown_as_text() {
    let network = Network::new();
    network.respond(LIST, messages(&[message("1", "<b>bold</b>")], None));
    let page = Page::open("/", network).await;
    page.wait_for("<b>bold</b>").await;
}

#[wasm_bindgen_test]
async fn older_messages_are_appended_without_duplicates() {
    let network = Network::new();
    network.respond(LIST, messages(&[message("3", "Third"), message("2", "Second")], Some("a/b=")));
    let older = messages(&[message("2", "Second"), message("1", "First")], None);
    network.respond_in_turn(OLDER, [problem(503, ProblemType::Unavailable, None), older]);
    let page = Page::open("/", network).await;
    page.click("Older messages").await;
    page.wait_for("Wishboard is busy.").await;
    page.click("Older messages").await;
    page.wait_for("First").await;
    assert_eq!(page.find("article").len(), 3);
    assert!(!page.shows("Older messages"));
    assert!(!page.shows("Wishboard is busy."));
}

#[wasm_bindgen_test]
async fn an_empty_board_shows_a_hint() {
    let page = Page::open("/", Network::new()).await;
    page.wait_for("No messages yet").await;
    page.wait_for("Sign up and post the first one.").await;
}

#[wasm_bindgen_test]
async fn a_loading_board_shows_that_it_is_loading() {
    let gate = Gate::new();
    let network = Network::new();
    network.respond(LIST, messages(&[message("1", "First")], None).behind(&gate));
    let page = Page::open("/", network).await;
    page.wait_for("Loading…").await;
    gate.open();
    page.wait_for("First").await;
    assert!(!page.shows("Loading…"));
}

#[wasm_bindgen_test]
async fn a_board_that_failed_to_load_can_be_loaded_again() {
    let network = Network::new();
    let error = problem(503, ProblemType::Unavailable, None);
    network.respond_in_turn(LIST, [error, messages(&[message("1", "First")], None)]);
    let page = Page::open("/", network).await;
    page.click("Retry").await;
    page.wait_for("First").await;
    assert!(!page.shows("Retry"));
}
