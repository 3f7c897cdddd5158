//! The texts of errors: what is wrong, and what to do next. The type of the problem decides, because the sentence in
//! the problem is always English.

use axum::response::Response;
use http::header::RETRY_AFTER;
use shared::problem::{Problem, ProblemType};

use crate::lite::form_id::FormId;
use crate::lite::texts::Texts;
use crate::web::error;

/// The error that a page shows.
pub struct PageError {
    /// The type of the problem.
    pub kind: ProblemType,
    /// The rejected field, if there is exactly one.
    pub field: Option<String>,
    /// With [`ProblemType::TooManyAttempts`]: the time until the next attempt, in seconds.
    retry_after: i64,
}

impl PageError {
    /// Takes the error out of a response. Returns `None` if the response is not an error, or is a page already.
    pub fn take_from(response: &mut Response) -> Option<Self> {
        let problem = response.extensions_mut().remove::<Problem>()?;
        let retry_after =
            response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        Some(Self { kind: problem.kind, field: problem.field, retry_after: retry_after.unwrap_or_default() })
    }

    /// Returns the text for a page that contains only the error.
    pub fn page_text(&self, texts: &Texts) -> String {
        match self.kind {
            // The user has typed or followed a wrong address. Form errors are shown on the page with the form.
            ProblemType::NotFound | ProblemType::Invalid | ProblemType::MethodNotAllowed => {
                texts.shared.page_not_found_detail.to_owned()
            }
            _ => self.text(texts),
        }
    }

    /// Returns the text for a form that the server has rejected as a whole.
    pub fn form_text(&self, texts: &Texts, form: FormId) -> String {
        let pattern = match self.kind {
            ProblemType::NotLoggedIn => texts.logged_out,
            ProblemType::NotYours => texts.user_changed,
            ProblemType::KeyReused => texts.key_reused,
            ProblemType::Gone => texts.gone,
            _ => return self.text(texts),
        };
        pattern.replace("{}", form.list().labels(&texts.shared).submit)
    }

    /// Returns the text for the rejected field of a form. `value` is the field as typed.
    pub fn field_text(&self, texts: &Texts, form: FormId, field: &str, value: &str) -> String {
        match form.validate(field, value) {
            Err(error) => error.sentence(&texts.shared.validation_errors, texts.thousands_separator),
            Ok(()) => self.text(texts),
        }
    }

    fn text(&self, texts: &Texts) -> String {
        let shared = &texts.shared;
        let text = match self.kind {
            ProblemType::TooManyAttempts => return error::too_many_attempts(shared, self.retry_after),
            ProblemType::NotLoggedIn => shared.not_logged_in,
            ProblemType::WrongLogin => shared.wrong_login,
            ProblemType::UsernameTaken => shared.username_taken,
            ProblemType::WeakPassword => shared.weak_password,
            ProblemType::CrossSite => shared.cross_site,
            ProblemType::NotYours => shared.not_yours,
            ProblemType::NotFound => shared.not_found,
            ProblemType::TooLarge => shared.too_large,
            ProblemType::RequestTimeout => texts.request_timeout,
            ProblemType::Internal => shared.internal,
            ProblemType::Unavailable => shared.unavailable,
            _ => texts.invalid_request,
        };
        text.to_owned()
    }
}
