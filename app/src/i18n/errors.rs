//! The texts of errors: what is wrong, and what to do next. The type of a problem of the API decides which text the app
//! shows, because the sentence in the problem is always English.

use leptos::prelude::window;
use shared::problem::{Problem, ProblemType};
use shared::validation::ValidationError;

use crate::api::Error;
use crate::i18n::number::number;
use crate::i18n::pattern::fill;
use crate::i18n::texts;
use crate::i18n::texts::Texts;

/// Returns the text for a rejected field.
pub fn validation_error(error: ValidationError) -> String {
    match error.pattern(&texts().shared.validation_errors) {
        (pattern, Some(value)) => fill(pattern, &[&number(value)]),
        (sentence, None) => sentence.to_owned(),
    }
}

/// Returns the text for a failed request: why it failed, and what to do next.
pub fn api_error(error: &Error) -> String {
    let Texts { shared, errors, .. } = texts();
    let text = match error {
        Error::Problem(problem) => return self::problem(problem),
        Error::Offline if !window().navigator().on_line() => errors.offline,
        Error::Offline => errors.unreachable,
        Error::Timeout => errors.timeout,
        Error::RateLimited(_) => errors.rate_limited,
        Error::SessionExpired => shared.session_ended,
        Error::PostDeleted => errors.post_deleted,
        Error::UserChanged => errors.user_changed,
        Error::Unexpected(401) => shared.not_logged_in,
        Error::Unexpected(403) => errors.forbidden,
        Error::Unexpected(404) => shared.not_found,
        Error::Unexpected(413) => shared.too_large,
        Error::Unexpected(_) => shared.internal,
    };
    text.to_owned()
}

/// Returns the text if a list could not be loaded and there is no older version of it to show.
pub fn load_error(error: &Error) -> String {
    match error {
        Error::Offline if !window().navigator().on_line() => texts().not_loaded_offline.to_owned(),
        error => api_error(error),
    }
}

fn problem(problem: &Problem) -> String {
    let Texts { shared, errors, .. } = texts();
    let text = match problem.kind {
        ProblemType::NotLoggedIn => shared.not_logged_in,
        ProblemType::WrongLogin => shared.wrong_login,
        ProblemType::UsernameTaken => shared.username_taken,
        ProblemType::WeakPassword => shared.weak_password,
        ProblemType::PasswordUnchanged => shared.password_unchanged,
        ProblemType::WrongPassword => shared.wrong_password,
        ProblemType::NoPassword => shared.no_password,
        ProblemType::NotFound => shared.not_found,
        ProblemType::NotYours => shared.not_yours,
        ProblemType::KeyReused => errors.key_reused,
        ProblemType::Gone => errors.gone,
        ProblemType::EditConflict => shared.edit_conflict,
        ProblemType::TooLarge => shared.too_large,
        ProblemType::CrossSite => shared.cross_site,
        ProblemType::Internal => shared.internal,
        ProblemType::Unavailable => shared.unavailable,
        // The app sends only valid requests, so problems of other types are rare. The API's English sentence is enough.
        _ => return problem.detail.clone(),
    };
    text.to_owned()
}
