//! The form that changes the display name.

use futures_util::FutureExt;
use leptos::prelude::*;
use shared::users::{DisplayName, EditProfileRequest, User};
use web_sys::HtmlFormElement;

use crate::api::Request;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::field_errors::FieldErrors;
use crate::form::state::{FormState, Submission};
use crate::form::values;
use crate::i18n::texts;
use crate::sessions::interceptor;
use crate::sessions::state::Session;

/// A form with the display name.
#[component]
pub fn EditProfile() -> impl IntoView {
    let session = Session::from_context();
    let state = FormState::new();
    let submit = move |form: &HtmlFormElement| -> Result<Submission, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.check("name", DisplayName::parse(&values::get(form, "name"))).ok_or(errors)?;
        let request = Request::patch("/api/me", &EditProfileRequest { name });
        let submission = async move {
            session.on_profile_changed(interceptor::call::<User>(session, request).await?);
            session.notices().show_done(texts().name_saved);
            Ok(())
        };
        Ok(submission.boxed_local())
    };
    let name = session.credentials().map(|credentials| credentials.user().name.clone());
    view! {
        <Form
            label=texts().save_name
            busy_label=texts().saving
            state
            fields=&["name"]
            submit=Box::new(submit)
        >
            <Field
                form="account"
                name="name"
                label=texts().your_display_name
                hint=texts().shared.display_name_hint
                autocomplete="name"
                value=name.clone().unwrap_or_default()
                state
            />
        </Form>
    }
}
