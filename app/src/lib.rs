//! Wishboard in the browser: a Leptos single-page app. Everything is in this library, so that
//! the component tests use the same code as the page.
//!
//! Read in this order: `app` (layout), `route` (which page), `session` (who is logged in),
//! `api` (how to ask), then a page: `board`, `wishlist` or `account`; `feed` is what lists have in common.

pub mod account;
pub mod api;
pub mod app;
pub mod board;
pub mod draft;
pub mod element;
pub mod feed;
pub mod form;
pub mod json;
pub mod language;
pub mod route;
pub mod session;
pub mod storage;
pub mod tabs;
pub mod text;
pub mod wishlist;

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Starts the app. Starting the wasm has held the browser up already: it gets a moment for whatever
/// is waiting.
pub fn start() {
    #[cfg(debug_assertions)] // a visitor downloads it for nothing
    console_error_panic_hook::set_once();
    set_timeout(mount, Duration::ZERO);
}

/// Empties `#app` and mounts the app there in one task, so that nothing flickers in between.
fn mount() {
    let shell = document().get_element_by_id("app").and_then(|found| found.dyn_into().ok());
    let root: web_sys::HtmlElement = shell.unwrap_or_else(leptos::tachys::dom::body);
    root.set_text_content(None);
    leptos::mount::mount_to(root, app::App).forget();
}
