//! The toolbar above a user's list: sort, share, print.

use js_sys::Reflect;
use leptos::prelude::*;
use web_sys::Navigator;

use crate::chunks::Chunks;
use crate::i18n::texts;
use crate::notices::Notices;
use crate::posts::list::PostList;
use crate::view::reactive::reactive;

/// The view of the toolbar. It is hidden while the list is empty.
pub(super) fn view(list: PostList) -> AnyView {
    let (notices, editing) = (Notices::from_context(), Chunks::from_context().editing);
    let share = move |_| editing.run(move |editing| (editing.share)(notices));
    let by_name = list.sort_by_name;
    let label = reactive(move || if by_name.get() { texts().sort_by_date } else { texts().sort_by_name });
    let sort = move |_| {
        by_name.update(|by_name| *by_name = !*by_name);
        list.load_all_if_sorted();
    };
    view! {
        <div class="list-tools" hidden=move || list.state.with(|state| state.posts.is_empty())>
            <button class="button button-small icon-sort" type="button" on:click=sort>{label}</button>
            {can_share().then(|| {
                view! {
                    <button class="button button-small icon-share" type="button" on:click=share>
                        {texts().share}
                    </button>
                }
            })}
            <button
                class="button button-small icon-print"
                type="button"
                on:click=|_| _ = window().print()
            >
                {texts().print}
            </button>
        </div>
    }
    .into_any()
}

/// Whether the browser can share or copy the address. False outside secure contexts (https or localhost).
fn can_share() -> bool {
    let navigator = window().navigator();
    supports(&navigator, "share") || supports(&navigator, "clipboard")
}

pub(super) fn supports(navigator: &Navigator, name: &str) -> bool {
    Reflect::get(navigator, &name.into()).is_ok_and(|value| !value.is_undefined())
}
