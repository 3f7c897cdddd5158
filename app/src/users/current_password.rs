//! Helpers for forms that ask for the current password.

use leptos::prelude::*;
use shared::users::PasswordInput;
use shared::validation::ValidationError;
use web_sys::HtmlFormElement;

use crate::form::values;
use crate::sessions::state::Session;

/// A hidden field with the username. It tells password managers which account the password belongs to.
#[component]
pub(super) fn HiddenUsername() -> impl IntoView {
    let session = Session::from_context();
    let username = session.credentials().map(|credentials| credentials.user().username.clone());
    view! { <input hidden name="username" autocomplete="username" readonly value=username /> }
}

/// Reads the current password from a field. Accepts any password that is not empty, because it may be older than the
/// current validation.
pub(super) fn parse(form: &HtmlFormElement, field: &str) -> Result<PasswordInput, ValidationError> {
    let password = values::get(form, field);
    if password.is_empty() { Err(ValidationError::Empty) } else { Ok(PasswordInput::from(password)) }
}
