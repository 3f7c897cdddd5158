//! Waits for conditions, with a timeout.

use std::time::Duration;

use js_sys::{Date, Promise};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::support::network;
use crate::support::page::focused;

/// Maximum time to wait for a condition, in milliseconds.
const TIMEOUT_MS: f64 = 10_000.0;

/// Waits until a condition is true. Before the first check, runs the tasks that are already scheduled.
///
/// # Panics
/// Panics after ten seconds. The message contains `what` and the text of the page.
pub async fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let start = Date::now();
    next_task(Duration::ZERO).await;
    while !condition() {
        let page = || document().body().unwrap().inner_text();
        assert!(Date::now() - start < TIMEOUT_MS, "timed out waiting for {what}: {}", page());
        next_task(Duration::from_millis(10)).await;
    }
}

/// Waits until the app is idle: for two consecutive animation frames, every request has a response, except those that a
/// [`Gate`](crate::support::gate::Gate) holds back. After that, the app does nothing without another event.
pub async fn settled() {
    let start = Date::now();
    let mut idle_frames = 0;
    while idle_frames < 2 {
        assert!(Date::now() - start < TIMEOUT_MS, "the network does not become idle");
        next_frame().await;
        next_task(Duration::ZERO).await;
        idle_frames = if network::has_pending_requests() { 0 } else { idle_frames + 1 };
    }
}

/// Waits until the page's heading has the focus.
pub async fn heading_has_focus() {
    wait_until("focus on the heading", || focused().tag_name() == "H1").await;
}

/// Waits until the field with this `name` attribute has the focus.
pub async fn field_has_focus(name: &str) {
    wait_until("focus on a field", || focused().get_attribute("name").as_deref() == Some(name)).await;
}

/// Waits until the changes after an event are drawn.
pub async fn drawn() {
    next_frame().await;
    next_task(Duration::ZERO).await;
}

/// Waits for the next animation frame.
pub async fn next_frame() {
    let promise = Promise::new(&mut |resolve, _| {
        request_animation_frame(move || _ = resolve.call0(&JsValue::NULL));
    });
    JsFuture::from(promise).await.unwrap();
}

async fn next_task(delay: Duration) {
    let promise = Promise::new(&mut |resolve, _| {
        set_timeout(move || _ = resolve.call0(&JsValue::NULL), delay);
    });
    JsFuture::from(promise).await.unwrap();
}
