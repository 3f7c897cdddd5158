//! The toolbar above a user's list: sort, share, print.

use leptos::prelude::*;

use crate::browser::supports;
use crate::chunks::context::Chunks;
use crate::i18n::texts;
use crate::notices::Notices;
use crate::posts::list::PostList;
use crate::view::button::Button;
use crate::view::recreate_on_change::ReactiveText;

/// The toolbar. It is hidden while the list is empty.
#[component]
pub(super) fn Toolbar(list: PostList) -> impl IntoView {
    let (notices, editing) = (Notices::from_context(), Chunks::from_context().editing);
    let share = move |_| editing.run(move |editing| (editing.share)(notices));
    let by_name = list.sort_by_name;
    let sort = move |_| {
        by_name.update(|by_name| *by_name = !*by_name);
        list.load_all_if_sorted();
    };
    let is_empty = move || list.state.with(|state| state.posts.is_empty());
    view! {
        // size: not a boolean attribute, docs/size-tricks.md#few-types-in-closures
        <div class="list-tools" hidden=move || is_empty().then_some("")>
            <Button class="button button-small icon-sort" on_click=sort>
                <ReactiveText text=move || match by_name.get() {
                    true => texts().sort_by_date,
                    false => texts().sort_by_name,
                } />
            </Button>
            {can_share().then(|| {
                view! {
                    <Button class="button button-small icon-share" on_click=share>
                        {texts().share}
                    </Button>
                }
            })}
            <Button class="button button-small icon-print" on_click=|_| _ = window().print()>
                {texts().print}
            </Button>
        </div>
    }
}

/// Whether the browser can share or copy the address. False outside secure contexts (https or localhost).
fn can_share() -> bool {
    let navigator = window().navigator();
    supports(&navigator, "share") || supports(&navigator, "clipboard")
}
