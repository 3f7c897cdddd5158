//! Forms: fields with hints and errors, and a submit button that ignores further clicks while a request is pending.
//!
//! The values are read from the DOM when the form is submitted, never from signals, because browsers and
//! password managers can fill in a field without an event.

pub mod field;
pub mod field_errors;
pub mod keyboard_shortcut;
pub mod password_field;
pub mod state;
pub mod status;
pub mod submit_button;
pub mod text_area;
pub mod values;

mod hint_and_error;
mod password_visibility;

use leptos::prelude::*;

use crate::form::keyboard_shortcut::submit_on_shortcut;
use crate::form::state::{FormState, SubmitHandler};
use crate::form::status::FormStatus;
use crate::form::submit_button::SubmitButton;

/// A form with its fields, its status and its submit button.
#[component]
pub fn Form(
    /// The text of the submit button, and the accessible name of the form.
    label: &'static str,
    /// The text of the submit button while the form is being submitted.
    busy_label: &'static str,
    /// The state of the form.
    state: FormState,
    /// The names of the fields whose errors the API can report.
    #[prop(default = &[])]
    fields: &'static [&'static str],
    /// Reads the form and returns the request to send, or the errors to show.
    submit: Box<SubmitHandler>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! {
        <form
            class="form"
            aria-label=label
            novalidate
            on:submit=move |event| state.submit(&event, fields, &*submit)
            on:keydown=submit_on_shortcut
        >
            {children()}
            <FormStatus state />
            <SubmitButton label busy_label state />
        </form>
    }
}
