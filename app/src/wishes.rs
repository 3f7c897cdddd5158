//! Wish lists: the newest wishes of all users, and the list of one user.

pub mod content;
pub mod form;
pub mod received_button;

use leptos::prelude::*;

use crate::i18n::{sentences, texts};
use crate::posts::kind::PostKind;
use crate::posts::list::PostList;
use crate::posts::page::ListPage;
use crate::view::recreate_on_change::RecreateOnChange;
use crate::view::sentence::SentenceWithName;

/// The page that lists the newest wishes of all users.
#[component]
pub fn WishesPage() -> impl IntoView {
    view! { <ListPage list=PostList::new(PostKind::Wish, None)>{texts().shared.wishes}</ListPage> }
}

/// The page with the wish list of one user.
#[component]
pub fn UserWishesPage(
    /// The owner of the list.
    username: String,
) -> impl IntoView {
    let list = PostList::new(PostKind::Wish, Some(username));
    let heading = move || match list.is_own() {
        _ if list.is_owner_missing() => texts().user_not_found.to_owned(),
        true => texts().my_wishes.to_owned(),
        false => sentences::wishes_of(&list.owner_name()),
    };
    Effect::new(move || document().set_title(&sentences::page_title(&heading())));
    view! {
        <ListPage list>
            <RecreateOnChange key=heading>
                {match untrack(|| list.is_own() || list.is_owner_missing()) {
                    true => view! { <span>{untrack(heading)}</span> }.into_any(),
                    false => {
                        let name = untrack(|| list.owner_name());
                        view! { <SentenceWithName pattern=texts().wishes_of name /> }.into_any()
                    }
                }}
            </RecreateOnChange>
        </ListPage>
    }
}
