//! The Wishboard app: a Leptos single-page app. Everything is in this library, so that the component tests
//! use the same code as the built site.
//!
//! Start with `app`. It shows the page of each route of `router`: `messages`, `wishes`, `users::sign_up` or
//! `users::account_page`. `sessions` knows the logged-in user. `posts` contains the code that messages and wishes
//! share. All pages use `api`, `browser`, `form`, `i18n`, `storage` and `view`.

pub mod api;
pub mod app;
pub mod browser;
pub mod chunks;
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
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::i18n::current_language;

// size: smaller than the default allocator, docs/size-tricks.md#a-small-allocator
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Loads the user's language, then mounts the app in a new task. Other tasks that waited while the browser compiled
/// the wasm run first.
pub fn start() {
    // size: not in the release build, docs/size-tricks.md#no-panic-messages
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    // Leptos has its own `spawn_local`, but it panics before the app is mounted.
    spawn_local(async {
        current_language::load_preferred().await;
        set_timeout(mount, Duration::ZERO);
    });
}

/// Mounts the app in a new element, and replaces `#app` with it when its first page is complete. Nothing moves on the
/// screen, because the page that `start.js` has drawn looks the same. Then marks the document as ready, for tests and
/// measurements.
fn mount() {
    let Ok(page) = document().create_element("div").map(JsCast::unchecked_into::<HtmlElement>) else {
        return;
    };
    page.set_id("app");
    let app_page = page.clone();
    let on_ready = move || {
        // If `start.js` shows an error of the app, the error stays.
        let root = document().document_element().filter(|root| !root.has_attribute("data-app"));
        let Some(root) = root else { return };
        if let (Err(_), Some(old_page)) = (replace_page(&app_page), document().get_element_by_id("app")) {
            _ = old_page.replace_with_with_node_1(&app_page); // without the focus and the selection
        }
        _ = root.set_attribute("data-app", "ready");
    };
    leptos::mount::mount_to(page, move || view! { <app::App on_ready=Box::new(on_ready) /> }).forget();
}

#[wasm_bindgen]
extern "C" {
    /// Replaces `#app` with the app's page, and keeps focus and selection. Defined in `start.js`.
    #[wasm_bindgen(catch, js_name = wishboardReplacePage)]
    fn replace_page(page: &HtmlElement) -> Result<(), JsValue>;
}
