//! Shares the address of a page.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::ShareData;

use crate::i18n::texts;
use crate::notices::Notices;
use crate::posts::toolbar::supports;

/// Opens the system's share dialog. Without one, copies the address of the page to the clipboard and shows a
/// notice.
pub(crate) fn share(notices: Notices) {
    let navigator = window().navigator();
    let address = window().location().href().unwrap_or_default();
    if supports(&navigator, "share") {
        let data = ShareData::new();
        data.set_title(&document().title());
        data.set_url(&address);
        // An error here means that the user has cancelled the dialog.
        spawn_local(async move { _ = JsFuture::from(navigator.share_with_data(&data)).await });
        return;
    }
    spawn_local(async move {
        let copied = JsFuture::from(navigator.clipboard().write_text(&address)).await;
        let texts = &texts().notices;
        notices.show_done(if copied.is_ok() { texts.link_copied } else { texts.link_not_copied });
    });
}
