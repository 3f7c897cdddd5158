//! The dialog that asks the user to confirm the deletion of a post.

use futures_util::FutureExt;
use leptos::html;
use leptos::prelude::*;
use shared::posts::Post;
use web_sys::HtmlFormElement;

use crate::api::{Error, Request};
use crate::form::field_errors::FieldErrors;
use crate::form::keyboard_shortcut::submit_on_shortcut;
use crate::form::state::{FormState, Submission};
use crate::form::status::FormStatus;
use crate::form::submit_button::SubmitButton;
use crate::i18n::texts;
use crate::posts::kind::PostContent;
use crate::posts::list::PostList;
use crate::sessions::interceptor;
use crate::sessions::log_in_again::{LogInAgain, LogInAgainFields};
use crate::storage::drafts;
use crate::view::button::Button;
use crate::view::dialog;
use crate::view::focus::focus_heading;
use crate::view::recreate_on_change::recreate_on_change;

/// The state of the delete dialog. A page has one for all its posts.
#[derive(Clone, Copy)]
pub(super) struct Deletion {
    list: PostList,
    dialog: NodeRef<html::Dialog>,
    /// The post to delete.
    post: RwSignal<Option<Post>>,
    form: FormState,
    login: LogInAgain,
}

impl Deletion {
    pub(super) fn new(list: PostList) -> Self {
        let (dialog, form) = (NodeRef::new(), FormState::new());
        form.retry_when_online(dialog);
        Self { list, dialog, post: RwSignal::new(None), form, login: LogInAgain::new(list.session) }
    }

    /// Opens the dialog for this post.
    pub(super) fn open(self, post: Option<Post>) {
        self.form.clear();
        self.post.set(post);
        _ = self.dialog.get_untracked().map(|dialog| dialog::open(&dialog));
    }

    fn close(self) {
        _ = self.dialog.get_untracked().map(|dialog| dialog::close(&dialog));
    }

    async fn submit(self) -> Result<(), Error> {
        let Some(post) = self.post.get_untracked() else { return Ok(()) };
        let path = self.list.post_path(post.id());
        let action_error = match interceptor::call::<()>(self.list.session, Request::delete(&path)).await {
            Ok(()) => None,
            // The post was deleted elsewhere, not by this request. The page shows this as an error.
            Err(error) if error.status() == Some(404) => Some(error),
            Err(error) => {
                // Opens the dialog again if the user has closed it, so that the user sees the error.
                _ = self.dialog.try_get_untracked().flatten().map(|dialog| dialog::open(&dialog));
                return Err(error);
            }
        };
        drafts::delete(self.list.session.active_username().as_deref(), &path);
        self.list.remove(post.id());
        // If the user has left the page, its signals are disposed.
        if !self.post.is_disposed() {
            self.close();
            self.list.action_error.set(action_error);
            focus_heading();
        }
        Ok(())
    }
}

/// The dialog. It shows the post that would be deleted.
#[component]
pub(super) fn DeleteDialog(deletion: Deletion) -> impl IntoView {
    let Deletion { list, dialog, post, form, login } = deletion;
    let submit = move |form: &HtmlFormElement| -> Result<Submission, FieldErrors> {
        login.before(deletion.submit().boxed_local(), form)
    };
    let submit_label = move || if login.is_needed() { texts().log_in_and_delete } else { texts().delete };
    view! {
        <dialog class="dialog danger" aria-labelledby="delete-post-heading" node_ref=dialog>
            <form
                class="form"
                novalidate
                on:submit=move |event| form.submit(&event, &[], &submit)
                on:keydown=submit_on_shortcut
            >
                // Gets the focus: a screen reader reads it first, and Enter does not delete anything.
                <h2 id="delete-post-heading" tabindex="-1" autofocus>{list.kind.labels().delete_question}</h2>
                <blockquote class="quote" tabindex="0">
                    {recreate_on_change(move || post.get().map(|post| view! { <PostContent post /> }).into_any())}
                </blockquote>
                <FormStatus state=form />
                <LogInAgainFields login form="delete" state=form />
                <div class="dialog-buttons">
                    <Button class="button" on_click=move |_| deletion.close()>
                        {texts().cancel}
                    </Button>
                    <SubmitButton label=Signal::derive(submit_label) busy_label=texts().deleting state=form />
                </div>
            </form>
        </dialog>
    }
}
