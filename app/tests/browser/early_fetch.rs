//! The request that start.js sends before the app starts.

use js_sys::{Object, Promise, Reflect, TypeError};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::message;
use crate::support::network::Network;
use crate::support::page::Page;
use crate::support::responses::messages;
use crate::support::wait::settled;

const LIST: &str = "GET /api/messages";

/// Stores the promise of a response in the global variable, as start.js does.
fn set_early_fetch(response: &Promise) {
    let early_fetch = Object::new();
    Reflect::set(&early_fetch, &"path".into(), &"/api/messages".into()).unwrap();
    Reflect::set(&early_fetch, &"response".into(), response).unwrap();
    Reflect::set(&js_sys::global(), &"wishboardEarlyFetch".into(), &early_fetch).unwrap();
}

#[wasm_bindgen_test]
async fn the_response_to_the_early_fetch_is_used_once() {
    let network = Network::new();
    network.respond(LIST, messages(&[message("1", "Fetched early")], None));
    let request = web_sys::Request::new_with_str("/api/messages").unwrap();
    set_early_fetch(window().fetch_with_request(&request).unchecked_ref());
    let mut page = Page::open("/", network).await;
    page.wait_for("Fetched early").await;
    assert_eq!(page.network.count(LIST), 1);

    page.reload().await;
    page.wait_for("Fetched early").await;
    assert_eq!(page.network.count(LIST), 2, "the app sends a request of its own");
}

#[wasm_bindgen_test]
async fn a_failed_early_fetch_is_shown_as_an_error() {
    let network = Network::new();
    let response = Promise::reject(&TypeError::new("Failed to fetch"));
    _ = JsFuture::from(response.clone()).await; // start.js also handles the rejection
    set_early_fetch(response.unchecked_ref());
    let page = Page::open("/", network).await;
    page.wait_for("can't be reached").await;
    page.click("Retry").await;
    page.wait_for("No messages yet").await;
    settled().await;
    assert_eq!(page.network.count(LIST), 1);
}
