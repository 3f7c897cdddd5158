//! A text area with a character count.

use leptos::prelude::*;

use crate::form::hint_and_error::{FieldError, hint_and_error_ids, hint_id};
use crate::form::state::FormState;
use crate::i18n::sentences;
use crate::view::recreate_on_change::ReactiveText;

/// A text area with its label, its character count and its error.
#[component]
pub fn TextArea(
    /// The prefix of the field's ids, which makes them unique on the page.
    form: &'static str,
    /// The name of the field, in the form and in the API.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// The height in lines.
    rows: u32,
    /// The maximum length in characters.
    max_len: usize,
    /// Whether the text area receives the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// The state of the form.
    state: FormState,
) -> impl IntoView {
    let id = format!("{form}-{name}");
    let length = RwSignal::new(0);
    let on_input = move |event| {
        state.on_field_input(name);
        length.set(event_target_value(&event).trim().chars().count());
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <textarea
                id=id.clone()
                name=name
                rows=rows.to_string()
                dir="auto"
                autofocus=autofocus
                aria-invalid=move || state.field_error(name).map(|_| "true")
                aria-describedby=hint_and_error_ids(&id)
                on:input=on_input
            ></textarea>
            <p class="hint" id=hint_id(&id)>
                <span class:too-long=move || max_len < length.get()>
                    <ReactiveText text=move || sentences::characters_used(length.get(), max_len) />
                </span>
            </p>
            <FieldError field_id=id name state />
        </div>
    }
}
