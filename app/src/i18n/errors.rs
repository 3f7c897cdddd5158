//! The texts of errors: what is wrong, and what to do next. The type of a problem of the API decides which text the app
//! shows, because the sentence in the problem is always English.

use leptos::prelude::window;
use shared::problem::{Problem, ProblemType};
use shared::validation::ValidationError;

use crate::api::Error;
use crate::i18n::number::number;
use crate::i18n::pattern::fill;
use crate::i18n::texts;

/// Returns the text for a rejected field.
pub fn validation_error(error: ValidationError) -> String {
    match error.pattern(&texts().validation_errors) {
        (pattern, Some(value)) => fill(pattern, &[&number(value)]),
        (sentence, None) => sentence.to_owned(),
    }
}

/// Returns the text for a failed request: why it failed, and what to do next.
pub fn api_error(error: &Error) -> String {
    let texts = &texts().errors;
    let text = match error {
        Error::Problem(problem) => return self::problem(problem),
        Error::Offline if !window().navigator().on_line() => texts.offline,
        Error::Offline => texts.unreachable,
        Error::Timeout => texts.timeout,
        Error::RateLimited(_) => texts.rate_limited,
        Error::SessionExpired => texts.session_expired,
        Error::PostDeleted => texts.post_deleted,
        Error::UserChanged => texts.user_changed,
        Error::Unexpected(401) => texts.not_logged_in,
        Error::Unexpected(403) => texts.forbidden,
        Error::Unexpected(404) => texts.not_found,
        Error::Unexpected(413) => texts.too_large,
        Error::Unexpected(_) => texts.internal,
    };
    text.to_owned()
}

fn problem(problem: &Problem) -> String {
    let texts = &texts().errors;
    let text = match problem.kind {
        ProblemType::NotLoggedIn => texts.not_logged_in,
        ProblemType::WrongLogin => texts.wrong_login,
        ProblemType::UsernameTaken => texts.username_taken,
        ProblemType::WeakPassword => texts.weak_password,
        ProblemType::PasswordUnchanged => texts.password_unchanged,
        ProblemType::WrongPassword => texts.wrong_password,
        ProblemType::NoPassword => texts.no_password,
        ProblemType::NotFound => texts.not_found,
        ProblemType::NotYours => texts.not_yours,
        ProblemType::KeyReused => texts.key_reused,
        ProblemType::Gone => texts.gone,
        ProblemType::EditConflict => texts.edit_conflict,
        ProblemType::TooLarge => texts.too_large,
        ProblemType::CrossSite => texts.cross_site,
        ProblemType::Internal => texts.internal,
        ProblemType::Unavailable => texts.unavailable,
        // No page of the app causes a problem of another type, so the English sentence of the API is enough.
        _ => return problem.detail.clone(),
    };
    text.to_owned()
}
