//! The bar with the current notice. It covers the page, so that the page does not move.

use leptos::prelude::*;

use crate::i18n::{notices, texts};
use crate::notices::{Notice, Notices};
use crate::view::button::Button;
use crate::view::focus::focus_heading;
use crate::view::recreate_on_change::recreate_on_change;
use crate::view::sentence::SentenceWithName;

/// The current notice, with a button that dismisses it.
#[component]
pub fn NoticeBar() -> impl IntoView {
    let notices = Notices::from_context();
    let dismiss = move |_| {
        notices.clear();
        focus_heading(); // the button disappears
    };
    let view_notice = move |notice: Notice| {
        view! {
            <p class="notice">
                {match &notice {
                    Notice::UserChanged(user) => {
                        let pattern = texts().notices.user_changed;
                        view! { <SentenceWithName pattern name=user.name.clone() /> }.into_any()
                    }
                    notice => notices::notice(notice).into_any(),
                }}
                {(notice == Notice::ChunkNotLoaded).then(|| view! { <ReloadButton /> })}
                <Button class="button button-quiet" on_click=dismiss>{texts().dismiss}</Button>
            </p>
        }
        .into_any()
    };
    view! { <div role="status">{recreate_on_change(move || notices.shown().map(view_notice).into_any())}</div> }
}

#[component]
fn ReloadButton() -> impl IntoView {
    let reload = |_| _ = window().location().reload();
    view! { <Button class="button button-quiet" on_click=reload>{texts().reload}</Button> }
}
