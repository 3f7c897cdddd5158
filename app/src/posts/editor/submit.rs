//! Sends the text in the editor, and handles the response.

use leptos::prelude::*;
use shared::posts::Post;
use shared::problem::{Problem, ProblemType};
use web_sys::{HtmlDialogElement, HtmlFormElement};

use crate::api::{Error, Request};
use crate::i18n::texts;
use crate::notices::Notice;
use crate::posts::editor::Editor;
use crate::posts::editor::unsent_post::UnsentPost;
use crate::posts::form::PostForm;
use crate::sessions::interceptor;
use crate::storage::drafts::{self, Draft};
use crate::view::dialog;

impl Editor {
    /// Creates or edits the post. The request completes even if the user leaves the page.
    pub(super) async fn submit(self, form: HtmlFormElement, json: String) -> Result<(), Error> {
        let key =
            self.unsent.try_update_value(|unsent| unsent.idempotency_key_for(&json)).unwrap_or_default();
        self.save_draft(&form); // with the idempotency key
        let sent = self.unsent.get_value();
        let original = self.original.get_untracked();
        let request = match &original {
            Some(original) => self.list.edit_request(original.id(), sent.draft.version, json.clone()),
            None => Request::create(self.list.kind.path(), key, json.clone()),
        };
        let result = interceptor::call::<Post>(self.list.session, request).await;
        let result = result.or_else(|error| self.apply_error(original.as_ref(), error, json));
        match (result, self.dialog.try_get_untracked().flatten()) {
            (Ok(post), dialog) => {
                self.on_sent(&form, &sent, original.is_some(), post, dialog);
                Ok(())
            }
            (Err(error), Some(dialog)) => {
                // Opens the dialog again if the user has closed it, so that the user sees the error.
                dialog::open(&dialog);
                Err(error)
            }
            // The user has left the page.
            (Err(error), None) => {
                self.list.session.notices().show(Notice::PostNotSent);
                Err(error)
            }
        }
    }

    /// Updates the editor and the list after an error. If the current version of the post already has the values of the
    /// form, the edit has succeeded, and this returns that version.
    fn apply_error(self, original: Option<&Post>, error: Error, json: String) -> Result<Post, Error> {
        if let Error::Problem(Problem { kind: ProblemType::KeyReused | ProblemType::Gone, .. }) = error {
            self.unsent.try_update_value(|unsent| unsent.rejected_json = Some(json));
            return Err(error);
        }
        let Some(original) = original else { return Err(error) };
        match self.list.apply_error(original.id(), &error) {
            // The response to an earlier attempt was lost, or the same edit was made elsewhere.
            Some(current) if PostForm::from(&current).to_json() == Ok(json) => Ok(current),
            // The dialog shows both versions. The next attempt replaces the current one.
            Some(current) => {
                self.unsent.try_update_value(|unsent| unsent.draft.version = current.version());
                _ = self.original.try_set(Some(current.clone()));
                _ = self.conflicting.try_set(Some(current));
                Err(error)
            }
            // The post was deleted. The next attempt creates a new post.
            None if error.status() == Some(404) => {
                _ = self.original.try_set(None);
                Err(Error::PostDeleted)
            }
            None => Err(error),
        }
    }

    /// Shows the post in the list, and closes the dialog. If the user has typed during the request, the dialog stays
    /// open with that text.
    fn on_sent(
        self,
        form: &HtmlFormElement,
        sent: &UnsentPost,
        is_edit: bool,
        post: Post,
        dialog: Option<HtmlDialogElement>,
    ) {
        let author = sent.author.as_deref();
        // Does not delete a newer draft: the user may have left the page, returned and typed another text.
        let draft = drafts::find(author, &sent.draft.form_id);
        if draft.is_some_and(|draft| draft.fields == sent.draft.fields) {
            drafts::delete(author, &sent.draft.form_id);
        }
        match is_edit {
            true => self.list.merge(post.clone()),
            false => self.list.add_created(post.clone()),
        }
        let Some(dialog) = dialog else { return }; // the user has left the page
        let typed = PostForm::read(self.list.kind, form).into_draft();
        if typed == sent.draft.fields {
            self.fill_after_sending(&dialog, sent, None, Vec::new());
            self.has_new_draft.set(false);
            self.unsent.set_value(UnsentPost::default());
            self.close();
        } else {
            self.fill_after_sending(&dialog, sent, is_edit.then_some(post), typed);
            self.save_draft(form);
            self.form.set_status(texts().sent_with_remaining_text.to_owned());
        }
    }

    fn fill_after_sending(
        self,
        dialog: &HtmlDialogElement,
        sent: &UnsentPost,
        original: Option<Post>,
        fields: Vec<String>,
    ) {
        let form_id = self.form_id(original.as_ref());
        let version = original.as_ref().map(Post::version).unwrap_or_default();
        let draft = Draft { form_id, fields, idempotency_key: None, version };
        self.fill(dialog, sent.author.clone(), original, Some(draft));
        self.is_draft_restored.set(false);
    }
}
