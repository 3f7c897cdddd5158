//! Password fields, with the autofill names that password managers need.

use leptos::prelude::*;
use shared::users::Password;

use crate::form::field::Field;
use crate::form::state::FormState;
use crate::i18n::texts;

/// A field for the current password of the account.
#[component]
pub fn CurrentPasswordField(
    /// The prefix of the field's ids, which makes them unique on the page.
    form: &'static str,
    /// The name of the field, in the form and in the API.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// The state of the form.
    state: FormState,
) -> impl IntoView {
    view! { <Field form name input_type="password" label autocomplete="current-password" state /> }
}

/// A field for a new password. Checks it while the user types.
#[component]
pub fn NewPasswordField(
    /// The prefix of the field's ids, which makes them unique on the page.
    form: &'static str,
    /// The name of the field, in the form and in the API.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// The state of the form.
    state: FormState,
) -> impl IntoView {
    view! {
        <Field
            form
            name
            input_type="password"
            label
            hint=texts().shared.password_hint
            valid_hint=texts().password_long_enough
            validator=|text| Password::parse(text).map(drop)
            autocomplete="new-password"
            state
        />
    }
}
