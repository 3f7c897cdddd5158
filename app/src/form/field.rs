//! A form field for one line of text or for a password.

use leptos::prelude::*;
use shared::validation::ValidationError;

use crate::form::hint_and_error::{FieldError, error_id, hint_and_error_ids, hint_id};
use crate::form::password_visibility::PasswordVisibilityButton;
use crate::form::state::FormState;
use crate::i18n::sentences;
use crate::view::recreate_on_change::ReactiveText;

/// Checks a value while the user types.
pub type Validator = fn(&str) -> Result<(), ValidationError>;

/// The length of the typed text, in characters, and the result of the validator.
type TypedValue = (usize, Option<Result<(), ValidationError>>);

/// A field with its label, hint and error.
#[component]
pub fn Field(
    /// The prefix of the field's ids, which makes them unique on the page.
    form: &'static str,
    /// The name of the field, in the form and in the API.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// Describes valid values, or the purpose of the field.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// Replaces the hint while the value is valid.
    #[prop(optional)]
    valid_hint: Option<&'static str>,
    /// The attribute `autocomplete` (an autofill name of the HTML standard).
    autocomplete: &'static str,
    /// The type of the `<input>`: `text`, `url` or `password`.
    #[prop(default = "text")]
    input_type: &'static str,
    /// The initial value.
    #[prop(optional)]
    value: String,
    /// Checks the value while the user types. The hint shows the result. An error appears only when the user leaves the
    /// field.
    #[prop(optional)]
    validator: Option<Validator>,
    /// The state of the form.
    state: FormState,
) -> impl IntoView {
    let id = format!("{form}-{name}");
    // Display names usually begin with capital letters. Usernames and passwords often do not.
    let autocapitalize = if name == "name" { "words" } else { "none" };
    let typed = RwSignal::new(TypedValue::default());
    let is_password_shown = RwSignal::new(false);
    let on_input = move |event| {
        state.on_field_input(name);
        let value: String = event_target_value(&event);
        typed.set((value.chars().count(), validator.map(|validator| validator(&value))));
    };
    let on_change = move |event| {
        let value: String = event_target_value(&event);
        let result = validator.map(|validator| validator(&value));
        if let (false, Some(Err(error))) = (value.is_empty(), result) {
            state.show_field_error(name, error);
        }
    };
    let described_by = if hint.is_some() { hint_and_error_ids(&id) } else { error_id(&id) };
    let hint_id = hint_id(&id);
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <div class="input-wrapper">
                <input
                    id=id.clone()
                    name=name
                    type=move || if is_password_shown.get() { "text" } else { input_type }
                    value=value
                    autocomplete=autocomplete
                    autocapitalize=autocapitalize
                    spellcheck="false"
                    aria-invalid=move || state.field_error(name).map(|_| "true")
                    dir="auto"
                    aria-describedby=described_by
                    on:input=on_input
                    on:change=on_change
                />
                {(input_type == "password")
                    .then(|| view! { <PasswordVisibilityButton label is_shown=is_password_shown /> })}
            </div>
            {hint.map(|hint| view! { <Hint id=hint_id hint valid_hint=valid_hint.unwrap_or(hint) typed /> })}
            <FieldError field_id=id name state />
        </div>
    }
}

#[component]
fn Hint(
    id: String,
    hint: &'static str,
    valid_hint: &'static str,
    typed: RwSignal<TypedValue>,
) -> impl IntoView {
    let is_valid = move || typed.get().1 == Some(Ok(()));
    view! {
        <p class="hint" class:valid=is_valid id=id>
            <ReactiveText text=move || {
                sentences::hint_while_typing(if is_valid() { valid_hint } else { hint }, typed.get())
            } />
        </p>
    }
}
