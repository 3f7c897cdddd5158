//! The state of a form: empty, or rejected by the server.

use maud::{Markup, html};

use crate::lite::form_id::FormId;
use crate::lite::page_error::PageError;
use crate::lite::texts::Texts;
use crate::web::form::Form;

/// A form that the server has rejected.
pub struct RejectedForm {
    /// The rejected form.
    pub id: FormId,
    /// The fields as typed.
    pub form: Form,
    /// Why the server has rejected it.
    pub error: PageError,
}

/// The state of a form on a page: empty, or rejected.
pub struct FormState<'a> {
    /// The texts of the page.
    pub texts: &'static Texts,
    id: FormId,
    rejected: Option<&'a RejectedForm>,
}

impl<'a> FormState<'a> {
    /// Returns the state of the form `id`. `rejected` is the rejected form of the page, which may be another form.
    pub fn new(texts: &'static Texts, id: FormId, rejected: Option<&'a RejectedForm>) -> Self {
        Self { texts, id, rejected: rejected.filter(|rejected| rejected.id == id) }
    }

    /// Returns the error of the rejected form, or `None` if the form is empty.
    pub fn error(&self) -> Option<&'a PageError> {
        self.rejected.map(|rejected| &rejected.error)
    }

    /// Returns the value of a field, as typed.
    pub fn value(&self, field: &str) -> &'a str {
        self.rejected.map(|rejected| rejected.form.value(field)).unwrap_or_default()
    }

    /// Returns the text of the error if it is about this field. The text does not contain the field's name, because it
    /// is shown below the field.
    pub fn field_error(&self, field: &str) -> Option<String> {
        let error = self.error().filter(|error| error.field.as_deref() == Some(field))?;
        Some(error.field_text(self.texts, self.id, field, self.value(field)))
    }

    /// Renders the error if it is about none of these fields. It has the focus, so that screen readers read it first.
    pub fn render_form_error(&self, fields: &[&str]) -> Markup {
        let is_field_error =
            |error: &&PageError| error.field.as_deref().is_some_and(|field| fields.contains(&field));
        html! {
            @if let Some(error) = self.error().filter(|error| !is_field_error(error)) {
                p class="error-box" role="alert" tabindex="-1" autofocus { (error.form_text(self.texts, self.id)) }
            }
        }
    }
}
