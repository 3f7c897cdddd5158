//! The editor: the dialog that writes a new post or edits one.
//!
//! Typed text is not lost when the user closes the dialog or leaves the page, when the session ends, or when a request
//! fails. `submit` sends the text, and `view` draws the dialog.

mod submit;
mod unsent_post;
pub(super) mod view;

use leptos::html;
use leptos::prelude::*;
use shared::posts::Post;
use web_sys::{Element, HtmlFormElement};

use crate::form::state::FormState;
use crate::posts::editor::unsent_post::UnsentPost;
use crate::posts::form::PostForm;
use crate::posts::list::PostList;
use crate::sessions::log_in_again::LogInAgain;
use crate::storage::drafts::{self, Draft};
use crate::view::dialog;
use crate::view::focus::focus_in;

/// The editor. A page has two: one for a new post, one for edits.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    list: PostList,
    /// `new` or `edit`. The prefix of the ids, which makes them unique on the page.
    name: &'static str,
    dialog: NodeRef<html::Dialog>,
    form: FormState,
    login: LogInAgain,
    unsent: StoredValue<UnsentPost>,
    /// The edited post, as it was when the dialog opened or, after a conflict, its current version. `None` for a new
    /// post.
    original: RwSignal<Option<Post>>,
    /// The current version of the post, if it was edited elsewhere after the edit began.
    conflicting: RwSignal<Option<Post>>,
    /// Whether the dialog shows a restored draft.
    is_draft_restored: RwSignal<bool>,
    /// Whether there is a draft of a new post.
    has_new_draft: RwSignal<bool>,
}

impl Editor {
    pub(super) fn new(list: PostList, name: &'static str) -> Self {
        let (dialog, form) = (NodeRef::new(), FormState::new());
        form.retry_when_online(dialog);
        Self {
            list,
            name,
            dialog,
            form,
            login: LogInAgain::new(list.session),
            unsent: StoredValue::default(),
            original: RwSignal::new(None),
            conflicting: RwSignal::new(None),
            is_draft_restored: RwSignal::new(false),
            has_new_draft: RwSignal::new(false),
        }
    }

    /// Opens the dialog to edit `post`, or to write a new post if it is `None`. Restores the draft, if there is one.
    pub(super) fn open(self, post: Option<Post>) {
        let Some(dialog) = self.dialog.get_untracked() else { return };
        let form_id = self.form_id(post.as_ref());
        let shows_other_post =
            self.unsent.with_value(|unsent| unsent.author.is_none() || unsent.draft.form_id != form_id);
        if shows_other_post {
            let author = self.list.session.active_username();
            let draft = drafts::find(author.as_deref(), &form_id);
            self.fill(&dialog, author, post, draft);
        }
        // Only users can open the dialog, so the user has logged in again.
        if untrack(|| self.form.needs_login()) {
            self.form.clear();
        }
        dialog::open(&dialog);
    }

    /// Whether there is a draft of a new post. Tracks changes.
    pub(super) fn has_draft(self) -> bool {
        self.has_new_draft.track();
        let author = self.list.session.active_username();
        drafts::find(author.as_deref(), self.list.kind.path()).is_some()
    }

    /// The form id of the draft. There is one draft per edited post, and one draft of a new post per kind.
    fn form_id(self, post: Option<&Post>) -> String {
        match post {
            Some(post) => self.list.post_path(post.id()),
            None => self.list.kind.path().to_owned(),
        }
    }

    /// Fills the form with the draft. Without a draft, fills it with the values of the original.
    fn fill(self, dialog: &Element, author: Option<String>, original: Option<Post>, draft: Option<Draft>) {
        self.is_draft_restored.set(draft.is_some());
        let draft = draft.unwrap_or_else(|| Draft {
            form_id: self.form_id(original.as_ref()),
            fields: original.as_ref().map(|post| PostForm::from(post).into_draft()).unwrap_or_default(),
            idempotency_key: None,
            version: original.as_ref().map(Post::version).unwrap_or_default(),
        });
        PostForm::from_draft(self.list.kind, &draft.fields).fill_in(dialog);
        self.unsent.set_value(UnsentPost { author, draft, rejected_json: None });
        self.original.set(original);
        self.conflicting.set(None);
        self.form.clear();
    }

    /// Deletes the draft, and restores the values of the original in the form.
    fn discard_draft(self) {
        let Some(dialog) = self.dialog.get_untracked() else { return };
        let UnsentPost { author, draft, .. } = self.unsent.get_value();
        drafts::delete(author.as_deref(), &draft.form_id);
        self.has_new_draft.set(false);
        self.fill(&dialog, author, self.original.get_untracked(), None);
        focus_in(dialog.into(), "[name]");
    }

    /// Saves the form as a draft, or deletes the draft if the form equals the original.
    fn save_draft(self, form: &HtmlFormElement) {
        let typed = PostForm::read(self.list.kind, form);
        let is_unchanged = self
            .original
            .with_untracked(|original| original.as_ref().is_some_and(|post| PostForm::from(post) == typed));
        self.unsent.update_value(|unsent| unsent.draft.fields = typed.into_draft());
        let UnsentPost { author, draft, .. } = self.unsent.get_value();
        let is_empty = draft.fields.iter().all(String::is_empty);
        match is_unchanged {
            true => drafts::delete(author.as_deref(), &draft.form_id),
            false => _ = drafts::save(author.as_deref(), draft),
        }
        if self.has_new_draft.get_untracked() == is_empty {
            self.has_new_draft.set(!is_empty);
        }
    }

    fn close(self) {
        _ = self.dialog.get_untracked().map(|dialog| dialog::close(&dialog));
    }
}
