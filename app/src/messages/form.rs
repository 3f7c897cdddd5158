//! The form of a message.

use leptos::prelude::*;
use shared::messages::{Message, MessageBody, NewMessage};
use web_sys::{Element, HtmlFormElement};

use crate::form::field_errors::FieldErrors;
use crate::form::state::FormState;
use crate::form::text_area::TextArea;
use crate::form::values;
use crate::i18n::texts;

/// What the user has typed into the form of a message. It can be invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageForm {
    /// The text of the message.
    pub body: String,
}

impl MessageForm {
    /// The names of the fields.
    pub const FIELDS: &[&str] = &["body"];

    /// Reads the fields.
    pub fn read(form: &HtmlFormElement) -> Self {
        Self { body: values::get(form, "body") }
    }

    /// Fills in the fields.
    pub fn fill_in(&self, form: &Element) {
        values::set(form, "body", &self.body);
    }

    /// Restores the values of a draft. Values that the draft does not have are empty.
    pub fn from_draft(fields: &[String]) -> Self {
        Self { body: fields.first().cloned().unwrap_or_default() }
    }

    /// The values in the order in which a draft stores them.
    pub fn into_draft(self) -> Vec<String> {
        vec![self.body]
    }

    /// Parses the values.
    ///
    /// # Errors
    /// The errors of the fields that are not valid.
    pub fn parse(&self) -> Result<NewMessage, FieldErrors> {
        let mut errors = FieldErrors::default();
        let body = errors.check("body", MessageBody::parse(&self.body)).ok_or(errors)?;
        Ok(NewMessage { body })
    }
}

impl From<&Message> for MessageForm {
    fn from(message: &Message) -> Self {
        Self { body: message.body.clone() }
    }
}

/// The fields.
#[component]
pub(crate) fn MessageFields(
    /// The prefix of the fields' ids, which makes them unique on the page.
    form: &'static str,
    state: FormState,
) -> impl IntoView {
    view! {
        <TextArea
            form
            name="body"
            label=texts().shared.message
            rows=6
            max_len=MessageBody::MAX_LEN
            autofocus=true
            state
        />
    }
}
