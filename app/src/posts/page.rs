//! A page with a list of posts: the heading, the button for a new post, the dialogs and the list.

use leptos::prelude::*;

use crate::chunks::Chunks;
use crate::posts::editing::Dialogs;
use crate::posts::list::view::PostListView;
use crate::posts::list::{PostList, polling};
use crate::view::recreated::recreated;

/// The page. Starts to load the list.
#[component]
pub(crate) fn ListPage(
    list: PostList,
    /// The text of the heading.
    children: Children,
) -> impl IntoView {
    polling::start(list);
    let dialogs = Dialogs::new(list);
    let editing = Chunks::from_context().editing;
    view! {
        <div class="page-head">
            <h1 tabindex="-1">{children()}</h1>
            <CreateButtonOrHint list dialogs />
        </div>
        // Also on the page of a guest, so that a text in a dialog survives the end of the session.
        {editing.view_if_loaded(move |editing| (editing.dialogs)(dialogs))}
        <PostListView list dialogs />
    }
}

/// A button for users who may post here, a hint for guests, nothing for other users.
#[component]
fn CreateButtonOrHint(list: PostList, dialogs: Dialogs) -> impl IntoView {
    let editing = Chunks::from_context().editing;
    recreated(move || match list.session.user() {
        Some(user) if list.can_be_added_to_by(&user.username) => {
            editing.load_and_view(move |editing| (editing.create_button)(list, dialogs))
        }
        Some(_) => ().into_any(),
        None => view! { <p class="hint">{list.kind.labels().guest_hint}</p> }.into_any(),
    })
}
