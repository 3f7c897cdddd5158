//! The form that changes the password.

use futures_util::FutureExt;
use leptos::prelude::*;
use shared::users::{ChangePasswordRequest, Password};
use web_sys::HtmlFormElement;

use crate::api::Request;
use crate::form::Form;
use crate::form::field_errors::FieldErrors;
use crate::form::password_field::{CurrentPasswordField, NewPasswordField};
use crate::form::state::{FormState, Submission};
use crate::form::values;
use crate::i18n::texts;
use crate::sessions::interceptor;
use crate::sessions::list::SessionList;
use crate::sessions::state::Session;
use crate::users::current_password::{self, HiddenUsername};

/// A form with the current and the new password.
#[component]
pub fn ChangePassword(
    /// The list of sessions. It is reloaded after the change, because a new password ends all other sessions.
    sessions: SessionList,
) -> impl IntoView {
    let session = Session::from_context();
    let state = FormState::new();
    let submit = move |form: &HtmlFormElement| -> Result<Submission, FieldErrors> {
        let request = Request::put("/api/me/password", &parse(form)?);
        let form = form.clone();
        let submission = async move {
            interceptor::call::<()>(session, request).await?;
            form.reset();
            session.notices().show_done(texts().password_changed);
            sessions.load();
            Ok(())
        };
        Ok(submission.boxed_local())
    };
    view! {
        <Form
            label=texts().change_password
            busy_label=texts().saving
            state
            fields=&["current", "new"]
            submit=Box::new(submit)
        >
            <HiddenUsername />
            <CurrentPasswordField form="password" name="current" label=texts().current_password state />
            <NewPasswordField form="password" name="new" label=texts().new_password state />
        </Form>
    }
}

fn parse(form: &HtmlFormElement) -> Result<ChangePasswordRequest, FieldErrors> {
    let mut errors = FieldErrors::default();
    let current = errors.check("current", current_password::parse(form, "current"));
    let new = errors.check("new", Password::parse(&values::get(form, "new")));
    match (current, new) {
        (Some(current), Some(new)) => Ok(ChangePasswordRequest { current, new }),
        _ => Err(errors),
    }
}
