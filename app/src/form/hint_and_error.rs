//! The hint and the field error below a field. `aria-describedby` refers to their ids.

use leptos::prelude::*;

use crate::form::state::FormState;
use crate::view::recreate_on_change::recreate_on_change;

/// The id of a field's hint.
pub(super) fn hint_id(field_id: &str) -> String {
    format!("{field_id}-hint")
}

/// The id of a field's error.
pub(super) fn error_id(field_id: &str) -> String {
    format!("{field_id}-error")
}

/// The value of `aria-describedby` for a field with a hint: the ids of the hint and the error.
pub(super) fn hint_and_error_ids(field_id: &str) -> String {
    format!("{} {}", hint_id(field_id), error_id(field_id))
}

/// The field error. The element is always in the page, because a screen reader announces only changes of existing
/// elements.
#[component]
pub(super) fn FieldError(field_id: String, name: &'static str, state: FormState) -> impl IntoView {
    view! {
        <p class="field-error" id=error_id(&field_id) aria-live="polite">
            {recreate_on_change(move || state.field_error(name).map(|text| view! { <span>{text}</span> }).into_any())}
        </p>
    }
}
