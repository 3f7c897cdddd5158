//! What a user can do with posts: write, edit and delete them. This code is a chunk, because guests do not need it.

use leptos::prelude::*;
use shared::posts::Post;

use crate::i18n::texts;
use crate::posts::delete_dialog::{DeleteDialog, Deletion};
use crate::posts::editor::Editor;
use crate::posts::editor::view::EditorDialog;
use crate::posts::kind::PostKind;
use crate::posts::list::PostList;
use crate::view::button::{Button, IconButton};
use crate::wishes::received_button::ReceivedButton;

/// The dialogs of a page, once this code is loaded.
pub type PageDialogs = StoredValue<Option<Dialogs>>;

/// The dialogs of a page.
#[derive(Clone, Copy)]
pub struct Dialogs {
    create: Editor,
    edit: Editor,
    delete: Deletion,
}

impl Dialogs {
    /// The dialogs of the page with this list, closed.
    pub(super) fn new(list: PostList) -> Self {
        let (create, edit) = (Editor::new(list, "new"), Editor::new(list, "edit"));
        Self { create, edit, delete: Deletion::new(list) }
    }
}

/// Creates the dialogs of the page. They stay in the page while they are closed.
#[component]
pub(crate) fn PostDialogs(list: PostList, dialogs: PageDialogs) -> impl IntoView {
    let Dialogs { create, edit, delete } = Dialogs::new(list);
    dialogs.set_value(Some(Dialogs { create, edit, delete }));
    view! {
        <EditorDialog editor=create />
        <EditorDialog editor=edit />
        <DeleteDialog deletion=delete />
    }
}

/// The button for a new post, after a hint if there is a draft of one.
#[component]
pub(crate) fn CreateButton(list: PostList, dialogs: PageDialogs) -> impl IntoView {
    let create = dialogs.get_value()?.create;
    Some(view! {
        <div class="page-tools">
            <Show when=move || create.has_draft()>
                <span class="hint">{texts().draft_exists}</span>
            </Show>
            <Button class="button button-primary" on_click=move |_| create.open(None)>
                {list.kind.shared_labels().create}
            </Button>
        </div>
    })
}

/// The buttons that change a post, for its owner only.
#[component]
pub(crate) fn OwnerButtons(list: PostList, post: Memo<Option<Post>>, dialogs: PageDialogs) -> impl IntoView {
    let is_owner = Memo::new(move |_| {
        let user = list.session.user();
        user.is_some_and(|user| {
            post.with(|post| post.as_ref().is_some_and(|post| post.owner().username == user.username))
        })
    });
    let edit = move |_| _ = dialogs.get_value().map(|dialogs| dialogs.edit.open(post.get_untracked()));
    let delete = move |_| _ = dialogs.get_value().map(|dialogs| dialogs.delete.open(post.get_untracked()));
    view! {
        <Show when=move || is_owner.get()>
            <footer class="post-buttons">
                {(list.kind == PostKind::Wish).then(|| view! { <ReceivedButton list post /> })}
                <IconButton icon="icon-edit" label=texts().edit on_click=edit />
                <IconButton icon="icon-delete" label=texts().delete on_click=delete />
            </footer>
        </Show>
    }
}
