//! The form of a message.

use leptos::prelude::*;
use shared::messages::{Message, MessageBody, NewMessage};

use crate::form::field_errors::FieldErrors;
use crate::form::state::FormState;
use crate::form::text_area::TextArea;
use crate::i18n::texts;

/// The names of the fields.
pub const FIELDS: [&str; 1] = ["body"];

/// The values of the fields when the user edits a message.
pub fn values(message: &Message) -> Vec<String> {
    vec![message.body.clone()]
}

/// The fields. `form` makes their ids unique.
pub fn view_fields(form: &'static str, state: FormState) -> AnyView {
    view! {
        <TextArea
            form
            name="body"
            label=texts().message
            rows=6
            max_len=MessageBody::MAX_LEN
            autofocus=true
            state
        />
    }
    .into_any()
}

/// The JSON body of a message with these values.
///
/// # Errors
/// The errors of the fields that are not valid.
pub fn parse_to_json(values: &[String]) -> Result<String, FieldErrors> {
    let mut errors = FieldErrors::default();
    let body = errors.check("body", MessageBody::parse(values.first().map_or("", String::as_str)));
    errors.or_json(body.map(|body| NewMessage { body }).as_ref())
}
