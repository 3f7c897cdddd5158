//! The toolbar above a user's list: sort, share, print.

use js_sys::Reflect;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Navigator, ShareData};

use crate::i18n::texts;
use crate::notices::{Notice, Notices};
use crate::posts::list::PostList;
use crate::view::button::{button, button_with_content};
use crate::view::reactive::{attribute_if, reactive};

/// The view of the toolbar. It is hidden while the list is empty.
pub(super) fn view(list: PostList) -> AnyView {
    let notices = Notices::from_context();
    let by_name = list.sort_by_name;
    let label = reactive(move || if by_name.get() { texts().sort_by_date } else { texts().sort_by_name });
    let sort = move || {
        by_name.update(|by_name| *by_name = !*by_name);
        list.load_all_if_sorted();
    };
    let is_empty = move || list.state.with(|state| state.posts.is_empty());
    view! {
        <div class="list-tools" hidden=attribute_if("", is_empty)>
            {button_with_content("button button-small icon-sort", label, sort)}
            {can_share().then(|| button("button button-small icon-share", texts().share, move || share(notices)))}
            {button("button button-small icon-print", texts().print, || _ = window().print())}
        </div>
    }
    .into_any()
}

/// Whether the browser can share or copy the address. False outside secure contexts (https or localhost).
fn can_share() -> bool {
    let navigator = window().navigator();
    supports(&navigator, "share") || supports(&navigator, "clipboard")
}

fn supports(navigator: &Navigator, name: &str) -> bool {
    Reflect::get(navigator, &name.into()).is_ok_and(|value| !value.is_undefined())
}

/// Opens the system's share dialog. If the browser has none, copies the address of the page to the clipboard and shows
/// a notice.
fn share(notices: Notices) {
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
        if JsFuture::from(navigator.clipboard().write_text(&address)).await.is_ok() {
            notices.show(Notice::LinkCopied);
        }
    });
}
