//! Reading the messages.

use js_sys::{Object, Reflect};
use shared::problem::Kind;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::RequestCredentials;

use crate::network::{Network, gate, message, messages, problem};
use crate::page::{Page, drawn, eventually};

#[wasm_bindgen_test]
async fn everyone_reads_the_newest_messages_with_author_and_time() {
    let network = Network::new();
    network
        .answer("GET /api/messages", messages(&[message("2", "Second\nline"), message("1", "First")], None));
    let page = Page::open("/", network);
    page.sees("Second").await;
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
async fn what_everyone_may_read_is_asked_for_without_token_and_cookie() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.sees("No messages yet").await;
    for sent in page.network.sent("GET /api/messages") {
        assert_eq!(sent.authorization, None);
        assert_eq!(sent.credentials, RequestCredentials::Omit);
    }
}

#[wasm_bindgen_test]
async fn what_people_write_is_never_markup() {
    let network = Network::new();
    network.answer("GET /api/messages", messages(&[message("1", "<b>bold</b>")], None));
    let page = Page::open("/", network);
    page.sees("<b>bold</b>").await;
}

#[wasm_bindgen_test]
async fn older_messages_follow_each_once() {
    let network = Network::new();
    network.answer(
        "GET /api/messages",
        messages(&[message("3", "Third"), message("2", "Second")], Some("a/b=")),
    );
    let older = messages(&[message("2", "Second"), message("1", "First")], None);
    network.answers("GET /api/messages?before=a%2Fb%3D", [problem(503, Kind::Unavailable, None), older]);
    let page = Page::open("/", network);
    page.click("Older messages").await;
    page.sees("too much going on").await;
    page.click("Older messages").await;
    page.sees("First").await;
    assert_eq!(page.find("article").len(), 3);
    assert!(!page.shows("Older messages"));
    assert!(!page.shows("too much going on"));
}

#[wasm_bindgen_test]
async fn an_empty_board_says_what_to_do_next() {
    let page = Page::open("/", Network::new());
    page.sees("No messages yet").await;
    page.sees("Sign up and write the first one.").await;
}

#[wasm_bindgen_test]
async fn a_board_that_is_loading_says_so() {
    let (kept, keep) = gate();
    let network = Network::new();
    network.answer("GET /api/messages", messages(&[message("1", "First")], None).after(&kept));
    let page = Page::open("/", network);
    page.sees("Loading…").await;
    keep.call0(&kept).unwrap();
    page.sees("First").await;
    assert!(!page.shows("Loading…"));
}

#[wasm_bindgen_test]
async fn a_board_that_can_not_be_read_can_be_tried_again() {
    let network = Network::new();
    let failure = problem(503, Kind::Unavailable, None);
    network.answers("GET /api/messages", [failure, messages(&[message("1", "First")], None)]);
    let page = Page::open("/", network);
    page.click("Try again").await;
    page.sees("First").await;
    assert!(!page.shows("Try again"));
}

#[wasm_bindgen_test]
async fn what_start_js_has_fetched_is_not_fetched_again() {
    let network = Network::new();
    network.answer("GET /api/messages", messages(&[message("1", "Fetched early")], None));
    let answer = leptos::prelude::window().fetch_with_request(&early_request());
    let first = Object::new();
    Reflect::set(&first, &"path".into(), &"/api/messages".into()).unwrap();
    Reflect::set(&first, &"answer".into(), &answer).unwrap();
    Reflect::set(&js_sys::global(), &"wishboardFirst".into(), &first).unwrap();
    let mut page = Page::open("/", network);
    page.sees("Fetched early").await;
    assert_eq!(page.network.count("GET /api/messages"), 1);

    page.reload();
    page.sees("Fetched early").await;
    assert_eq!(page.network.count("GET /api/messages"), 2, "the next time it asks by itself");
}

fn early_request() -> web_sys::Request {
    web_sys::Request::new_with_str("/api/messages").unwrap()
}

#[wasm_bindgen_test]
async fn an_early_fetch_that_failed_is_shown_as_failed() {
    let network = Network::new();
    let answer = js_sys::Promise::reject(&js_sys::TypeError::new("Failed to fetch"));
    _ = JsFuture::from(answer.clone()).await; // start.js handles the rejection, too
    let first = Object::new();
    Reflect::set(&first, &"path".into(), &"/api/messages".into()).unwrap();
    Reflect::set(&first, &"answer".into(), answer.unchecked_ref()).unwrap();
    Reflect::set(&js_sys::global(), &"wishboardFirst".into(), &first).unwrap();
    let page = Page::open("/", network);
    page.sees("can't be reached").await;
    page.click("Try again").await;
    page.sees("No messages yet").await;
    drawn().await;
    eventually("one request", || page.network.count("GET /api/messages") == 1).await;
}
