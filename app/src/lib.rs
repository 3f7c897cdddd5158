//! The Wishboard app: a Leptos single-page app. Everything is in this library, so that the component tests
//! use the same code as the built site.
//!
//! Start with `app`. It shows, for each route of `router`, a page: `messages`, `wishes`, `users::sign_up` or
//! `users::account_page`. `sessions` knows who is logged in, `posts` is what lists of messages and wishes
//! have in common, and the rest are tools that all pages use: `api`, `form`, `i18n`, `storage`, `view`.

pub mod api;
pub mod app;
pub mod form;
pub mod i18n;
pub mod layout;
pub mod messages;
pub mod navigation;
pub mod notices;
pub mod posts;
pub mod router;
pub mod sessions;
pub mod storage;
pub mod users;
pub mod view;
pub mod wishes;

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Starts the app, in a task of its own: compiling the wasm has blocked the browser, and other tasks are
/// waiting.
pub fn start() {
    // size: not in the release build, docs/size-tricks.md#no-panic-messages
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    set_timeout(mount, Duration::ZERO);
}

/// Replaces the content of `#app` by the app, in one task, so that the page does not flicker.
fn mount() {
    let container = document().get_element_by_id("app").and_then(|element| element.dyn_into().ok());
    let container: web_sys::HtmlElement = container.unwrap_or_else(leptos::tachys::dom::body);
    container.set_text_content(None);
    leptos::mount::mount_to(container, app::App).forget();
}
