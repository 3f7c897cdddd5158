//! The hint and the error below a field, which `aria-describedby` refers to.

use leptos::prelude::*;

use crate::form::state::FormState;
use crate::view::reactive::reactive;

/// The id of a field's hint.
pub(super) fn hint_id(field_id: &str) -> String {
    format!("{field_id}-hint")
}

/// The id of a field's error.
pub(super) fn error_id(field_id: &str) -> String {
    format!("{field_id}-error")
}

/// The ids of a field's hint and error, as `aria-describedby` takes them.
pub(super) fn hint_and_error_ids(field_id: &str) -> String {
    format!("{} {}", hint_id(field_id), error_id(field_id))
}

/// The error of a field. The element is always there, so that a screen reader announces the error.
#[component]
pub(super) fn FieldError(field_id: String, name: &'static str, state: FormState) -> impl IntoView {
    view! {
        <p class="field-error" id=error_id(&field_id) aria-live="polite">
            {reactive(move || state.field_error(name))}
        </p>
    }
}
