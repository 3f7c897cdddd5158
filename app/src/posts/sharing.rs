//! Shares the address of a page.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::ShareData;

use crate::browser::{self, supports};
use crate::i18n::texts;
use crate::notices::Notices;

/// Opens the system's share dialog. Without one, copies the address of the page to the clipboard and shows a
/// notice.
pub(crate) fn share(notices: Notices) {
    let address = window().location().href().unwrap_or_default();
    spawn_local(async move {
        if supports(&window().navigator(), "share") && open_share_dialog(&address).await {
            return;
        }
        let is_copied = match browser::write_to_clipboard(&address) {
            Ok(copying) => JsFuture::from(copying).await.is_ok(),
            Err(_) => false,
        };
        let texts = &texts().notices;
        notices.show_done(if is_copied { texts.link_copied } else { texts.link_not_copied });
    });
}

/// Returns false if the dialog cannot be opened.
async fn open_share_dialog(address: &str) -> bool {
    let data = ShareData::new();
    data.set_title(&document().title());
    data.set_url(address);
    let shared = match browser::share(&data) {
        Ok(sharing) => JsFuture::from(sharing).await,
        Err(error) => Err(error),
    };
    // The user has cancelled the dialog.
    let is_cancelled = |error: js_sys::Error| error.name() == "AbortError";
    shared.map_or_else(|error| error.dyn_into().is_ok_and(is_cancelled), |_| true)
}
