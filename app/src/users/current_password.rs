//! What the forms that ask for the current password have in common.

use leptos::prelude::*;
use shared::users::PasswordInput;
use shared::validation::ValidationError;
use web_sys::HtmlFormElement;

use crate::form::values;
use crate::sessions::state::Session;

/// A hidden field with the username. It tells password managers to which account the password belongs.
pub(super) fn hidden_username(session: Session) -> AnyView {
    let username = session.credentials().map(|credentials| credentials.user().username.clone());
    view! { <input hidden name="username" autocomplete="username" readonly value=username /> }.into_any()
}

/// The current password in a field. Accepts any that is not empty: the password may be older than the present
/// rules.
pub(super) fn parse(form: &HtmlFormElement, field: &str) -> Result<PasswordInput, ValidationError> {
    let password = values::get(form, field);
    if password.is_empty() { Err(ValidationError::Empty) } else { Ok(PasswordInput::from(password)) }
}
