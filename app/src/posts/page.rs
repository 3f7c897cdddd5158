//! A page with a list of posts: the heading, the button for a new post, the dialogs and the list.

use leptos::prelude::*;

use crate::i18n::texts;
use crate::posts::article::Dialogs;
use crate::posts::delete_dialog::DeleteDialog;
use crate::posts::editor::Editor;
use crate::posts::list::{PostList, polling};
use crate::view::button::button;
use crate::view::reactive::reactive;

/// The view of the page. Starts to load the list.
pub fn view(list: PostList, heading: AnyView) -> AnyView {
    polling::start(list);
    let (create, edit, delete) =
        (Editor::new(list, "new"), Editor::new(list, "edit"), DeleteDialog::new(list));
    view! {
        <div class="page-head">
            <h1 tabindex="-1">{heading}</h1>
            {create_button(list, create)}
        </div>
        // The dialogs are also in the page of a guest, so that text in a dialog survives the end of the session.
        {create.view()}
        {edit.view()}
        {delete.view()}
        {list.view(Dialogs { edit, delete })}
    }
    .into_any()
}

/// The button for a new post, if the user may post here. Guests see a hint, and other users see nothing.
fn create_button(list: PostList, create: Editor) -> AnyView {
    reactive(move || {
        let labels = list.kind.labels();
        match list.session.user() {
            Some(user) if list.can_be_added_to_by(&user.username) => view! {
                <div class="page-tools">
                    {reactive(move || create.has_draft().then(draft_hint))}
                    {button("button button-primary", labels.create, move || create.open(None))}
                </div>
            }
            .into_any(),
            Some(_) => ().into_any(),
            None => view! { <p class="hint">{labels.guest_hint}</p> }.into_any(),
        }
    })
}

fn draft_hint() -> AnyView {
    view! { <span class="hint">{texts().draft_exists}</span> }.into_any()
}
