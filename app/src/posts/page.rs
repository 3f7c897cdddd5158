//! A page with a list of posts: the heading, the button for a new post, the dialogs and the list.

use leptos::prelude::*;

use crate::chunks::Chunks;
use crate::posts::editing::Dialogs;
use crate::posts::list::{PostList, polling};
use crate::view::reactive::reactive;

/// The view of the page. Starts to load the list.
pub fn view(list: PostList, heading: AnyView) -> AnyView {
    polling::start(list);
    let dialogs = Dialogs::new(list);
    let editing = Chunks::from_context().editing;
    view! {
        <div class="page-head">
            <h1 tabindex="-1">{heading}</h1>
            {create_button(list, dialogs)}
        </div>
        // Also on the page of a guest, so that a text in a dialog survives the end of the session.
        {editing.view_if_loaded(move |editing| (editing.dialogs)(dialogs))}
        {list.view(dialogs)}
    }
    .into_any()
}

/// A button for users who may post here, a hint for guests, nothing for other users.
fn create_button(list: PostList, dialogs: Dialogs) -> AnyView {
    let editing = Chunks::from_context().editing;
    reactive(move || match list.session.user() {
        Some(user) if list.can_be_added_to_by(&user.username) => {
            editing.load_and_view(move |editing| (editing.create_button)(list, dialogs))
        }
        Some(_) => ().into_any(),
        None => view! { <p class="hint">{list.kind.labels().guest_hint}</p> }.into_any(),
    })
}
