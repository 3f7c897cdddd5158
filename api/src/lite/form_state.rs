//! The state of a form: empty, or rejected by the server.

use maud::{Markup, html};
use shared::problem::{Problem, ProblemType};

use crate::web::extract::Form;

/// Identifies a form of a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum FormId {
    /// The login form.
    LogIn,
    /// The sign-up form.
    SignUp,
    /// The form for a new message.
    NewMessage,
}

/// A form that the server has rejected.
pub struct RejectedForm {
    /// The rejected form.
    pub id: FormId,
    /// The fields as typed.
    pub form: Form,
    /// The error that the server reports.
    pub problem: Problem,
}

/// The state of a form on a page: empty, or rejected.
pub struct FormState<'a> {
    rejected: Option<&'a RejectedForm>,
}

impl<'a> FormState<'a> {
    /// Returns the state of the form `id`. `rejected` is the rejected form of the page, which may be another form.
    pub fn new(id: FormId, rejected: Option<&'a RejectedForm>) -> Self {
        Self { rejected: rejected.filter(|rejected| rejected.id == id) }
    }

    /// Returns the error of the rejected form, or `None` if the form is empty.
    pub fn problem(&self) -> Option<&'a Problem> {
        self.rejected.map(|rejected| &rejected.problem)
    }

    /// Returns the value of a field, as typed.
    pub fn value(&self, field: &str) -> &'a str {
        self.rejected.map(|rejected| rejected.form.value(field)).unwrap_or_default()
    }

    /// Returns the problem if it is about this field.
    pub fn field_error(&self, field: &str) -> Option<&'a Problem> {
        self.problem().filter(|problem| problem.field.as_deref() == Some(field))
    }

    /// Renders the problem if it is about none of these fields. It has the focus, so that screen readers read it first.
    pub fn render_form_error(&self, fields: &[&str]) -> Markup {
        let is_field_error = fields.iter().any(|field| self.field_error(field).is_some());
        html! {
            @if let Some(problem) = self.problem().filter(|_| !is_field_error) {
                p class="error-box" role="alert" tabindex="-1" autofocus { (form_error_text(problem)) }
            }
        }
    }
}

/// Returns the text of a form error, which says what the user can do.
fn form_error_text(problem: &Problem) -> &str {
    match problem.kind {
        ProblemType::NotLoggedIn => {
            "You were logged out, so this was not posted. Copy your text, log in, and post it again."
        }
        ProblemType::NotYours => {
            "Another account is now logged in in this browser, so this was not posted. Press Post to post it as the user named above."
        }
        ProblemType::KeyReused => {
            "An earlier version of this was already posted. Press Post to post this one, too."
        }
        ProblemType::Gone => "This was already posted and then deleted. Press Post to post it again.",
        _ => &problem.detail,
    }
}
