//! The view of the editor.

use futures_util::FutureExt;
use leptos::prelude::*;
use web_sys::HtmlFormElement;

use crate::form::field_errors::FieldErrors;
use crate::form::keyboard_shortcut::submit_on_shortcut;
use crate::form::state::Submission;
use crate::form::status::FormStatus;
use crate::form::submit_button::SubmitButton;
use crate::form::values;
use crate::i18n::texts;
use crate::posts::editor::Editor;
use crate::posts::form::{PostFields, PostForm};
use crate::posts::kind::PostContent;
use crate::sessions::log_in_again::LogInAgainFields;
use crate::view::button::Button;
use crate::view::recreate_on_change::recreate_on_change;

/// The dialog of an editor.
#[component]
pub(in crate::posts) fn EditorDialog(editor: Editor) -> impl IntoView {
    let Editor { list, name, dialog, form, login, original, .. } = editor;
    let (shared, labels) = (list.kind.shared_labels(), list.kind.labels());
    let (heading, busy_label) = match name {
        "edit" => (labels.edit_heading, texts().saving),
        _ => (shared.create, labels.submitting),
    };
    // If the post was deleted elsewhere, the form creates a new post, so the button says Post instead of Save.
    let submit_label = move || match (original.with(Option::is_some), login.is_needed()) {
        (true, false) => texts().save,
        (true, true) => texts().log_in_and_save,
        (false, false) => shared.submit,
        (false, true) => labels.log_in_and_submit,
    };
    let heading_id = format!("{name}-heading");
    let submit = move |form: &HtmlFormElement| -> Result<Submission, FieldErrors> {
        let json = PostForm::read(list.kind, form).to_json()?;
        login.before(editor.submit(form.clone(), json).boxed_local(), form)
    };
    let on_input = move |_| {
        let form = dialog.get_untracked().and_then(|dialog| values::form_in(&dialog));
        _ = form.map(|form| editor.save_draft(&form));
    };
    view! {
        <dialog class="dialog" aria-labelledby=heading_id node_ref=dialog>
            <form
                class="form"
                novalidate
                on:submit=move |event| form.submit(&event, PostForm::fields(list.kind), &submit)
                on:input=on_input
                on:keydown=submit_on_shortcut
            >
                <h2 id=heading_id.clone()>{heading}</h2>
                <PostFields kind=list.kind form=name state=form />
                // After the fields, because a dialog gives the focus to its first focusable element.
                <DraftNotice editor />
                <FormStatus state=form />
                <Conflict editor />
                <LogInAgainFields login form=name state=form />
                <div class="dialog-buttons">
                    <Button class="button" on_click=move |_| editor.close()>
                        {texts().cancel}
                    </Button>
                    <SubmitButton label=Signal::derive(submit_label) busy_label state=form />
                </div>
            </form>
        </dialog>
    }
}

/// Says that the dialog shows a restored draft, with a button that discards it.
#[component]
fn DraftNotice(editor: Editor) -> impl IntoView {
    view! {
        <Show when=move || editor.is_draft_restored.get()>
            <p class="notice">
                {texts().draft_restored}
                <Button class="button button-quiet" on_click=move |_| editor.discard_draft()>
                    {texts().discard_draft}
                </Button>
            </p>
        </Show>
    }
}

/// The current version of a post that was edited elsewhere.
#[component]
fn Conflict(editor: Editor) -> impl IntoView {
    let view_current = |post| {
        view! {
            <blockquote class="quote" tabindex="0">
                <h3>{texts().current_version}</h3>
                <PostContent post />
            </blockquote>
        }
        .into_any()
    };
    recreate_on_change(move || editor.conflicting.get().map(view_current).into_any())
}
