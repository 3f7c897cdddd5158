//! The bar that is shown while the browser is offline. It covers the page, so that the page does not move.

use leptos::ev;
use leptos::prelude::*;

use crate::i18n::texts;
use crate::view::live_region::LiveRegion;

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
    let text = move || (!online.get()).then(|| texts().offline.to_owned());
    view! { <LiveRegion role="status" class="notice" text /> }
}
