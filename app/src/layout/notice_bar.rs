//! The bars above the page: the current notice, and a notice while the browser is offline.

use leptos::ev;
use leptos::prelude::*;

use crate::i18n::{notices, texts};
use crate::notices::{Notice, Notices};
use crate::view::button::button;
use crate::view::focus::focus_heading;
use crate::view::live_region::live_region;
use crate::view::reactive::reactive;

/// The current notice, with a button that dismisses it.
#[component]
pub fn NoticeBar() -> impl IntoView {
    let notices = Notices::from_context();
    let dismiss = move || {
        notices.clear();
        focus_heading(); // the button disappears
    };
    let reload = || _ = window().location().reload();
    let view_notice = move |notice: Notice| {
        view! {
            <p class="notice">
                {notices::notice(&notice)}
                {(notice == Notice::ChunkNotLoaded).then(|| button("button button-quiet", texts().reload, reload))}
                {button("button button-quiet", texts().dismiss, dismiss)}
            </p>
        }
    };
    view! { <div role="status">{reactive(move || notices.shown().map(view_notice))}</div> }
}

/// Says that the browser is offline, and what still works.
#[component]
pub fn OfflineBar() -> impl IntoView {
    let is_online = || window().navigator().on_line();
    let online = RwSignal::new(is_online());
    let listeners = [
        window_event_listener(ev::online, move |_| online.set(is_online())),
        window_event_listener(ev::offline, move |_| online.set(is_online())),
    ];
    on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
    live_region("status", "notice", move || (!online.get()).then(|| texts().offline.to_owned()))
}
