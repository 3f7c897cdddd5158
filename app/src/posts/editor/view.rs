//! The view of the editor.

use futures_util::FutureExt;
use leptos::prelude::*;
use shared::posts::Post;
use web_sys::HtmlFormElement;

use crate::form::field_errors::FieldErrors;
use crate::form::state::Submission;
use crate::form::status::FormStatus;
use crate::form::submit_button::SubmitButton;
use crate::form::values;
use crate::i18n::texts;
use crate::posts::editor::Editor;
use crate::posts::form::{PostFields, PostForm};
use crate::posts::kind::PostContent;
use crate::sessions::log_in_again::LogInAgain;
use crate::view::button::Button;

impl Editor {
    /// The dialog. It stays in the page while it is closed.
    pub(in crate::posts) fn view(self) -> AnyView {
        let kind = self.list.kind;
        let labels = kind.labels();
        let (heading, busy_label, log_in_form) = match self.name {
            "edit" => (labels.edit_heading, texts().saving, "log-in-edit"),
            _ => (labels.create, labels.submitting, "log-in-new"),
        };
        // If the post was deleted elsewhere, the form creates a new post, so the button says Post instead of Save.
        let submit_label =
            move || if self.original.with(Option::is_some) { texts().save } else { labels.submit };
        let heading_id = format!("{}-heading", self.name);
        let labelled_by = heading_id.clone();
        let submit = move |form: &HtmlFormElement| -> Result<Submission, FieldErrors> {
            let json = PostForm::read(kind, form).to_json()?;
            Ok(self.submit(form.clone(), json).boxed_local())
        };
        let on_input = move |_| {
            let form = self.dialog.get_untracked().and_then(|dialog| values::form_in(&dialog));
            _ = form.map(|form| self.save_draft(&form));
        };
        view! {
            <dialog class="dialog" aria-labelledby=labelled_by node_ref=self.dialog>
                <form
                    class="form"
                    novalidate
                    on:submit=move |event| self.form.submit(&event, PostForm::fields(kind), &submit)
                    on:input=on_input
                >
                    <h2 id=heading_id>{heading}</h2>
                    <PostFields kind form=self.name state=self.form />
                    // After the fields, because a dialog gives the focus to its first focusable element.
                    <Show when=move || self.is_draft_restored.get()>{self.view_draft_notice()}</Show>
                    <FormStatus state=self.form />
                    {move || self.conflicting.get().map(|post| self.view_conflict(post))}
                    <div class="dialog-buttons">
                        <Button class="button" on_click=move |_| self.close()>
                            {texts().cancel}
                        </Button>
                        <SubmitButton label=Signal::derive(submit_label) busy_label state=self.form />
                    </div>
                </form>
                <LogInAgain state=self.form form=log_in_form />
            </dialog>
        }
        .into_any()
    }

    fn view_draft_notice(self) -> AnyView {
        view! {
            <p class="notice">
                {texts().draft_restored}
                <Button class="button button-quiet" on_click=move |_| self.discard_draft()>
                    {texts().discard_draft}
                </Button>
            </p>
        }
        .into_any()
    }

    /// The current version of a post that was edited elsewhere.
    fn view_conflict(self, post: Post) -> AnyView {
        view! {
            <blockquote class="quote" tabindex="0">
                <h3>{texts().current_version}</h3>
                <PostContent post />
            </blockquote>
        }
        .into_any()
    }
}
