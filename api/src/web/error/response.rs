//! Converts an [`Error`] to a response: status code, headers and `application/problem+json` (RFC 9457).

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use shared::posts::Post;
use shared::problem::{self, Problem, ProblemType};

use super::{Chain, Error};

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Internal(cause) | Self::Unavailable(cause) = &self {
            tracing::error!(cause = %Chain(&**cause), "{self}");
        }
        let kind = self.problem_type();
        let problem = Problem {
            kind,
            title: kind.title().to_owned(),
            status: kind.status(),
            detail: self.to_string(),
            field: self.field(),
            current: self.current_post(),
        };
        let status = StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(&problem)).into_response();
        // `lite` replaces the body with a page.
        response.extensions_mut().insert(problem);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(problem::MEDIA_TYPE));
        if let Some(challenge) = self.challenge() {
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        if let Some(seconds) = self.retry_after() {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl Error {
    fn problem_type(&self) -> ProblemType {
        match self {
            Self::Malformed(_) => ProblemType::Malformed,
            Self::NotLoggedIn | Self::SessionEnded | Self::TokenTooOld => ProblemType::NotLoggedIn,
            Self::WrongLogin => ProblemType::WrongLogin,
            Self::CrossSite => ProblemType::CrossSite,
            Self::NotYours => ProblemType::NotYours,
            Self::NotFound => ProblemType::NotFound,
            Self::MethodNotAllowed => ProblemType::MethodNotAllowed,
            Self::RequestTimeout => ProblemType::RequestTimeout,
            Self::UsernameTaken => ProblemType::UsernameTaken,
            Self::KeyReused => ProblemType::KeyReused,
            Self::NoPassword => ProblemType::NoPassword,
            Self::Gone => ProblemType::Gone,
            Self::EditConflict(_) => ProblemType::EditConflict,
            Self::TooLarge => ProblemType::TooLarge,
            Self::NotJson | Self::NotForm => ProblemType::NotJson,
            Self::Invalid { .. } => ProblemType::Invalid,
            Self::WeakPassword { .. } => ProblemType::WeakPassword,
            Self::PasswordUnchanged(_) => ProblemType::PasswordUnchanged,
            Self::WrongPassword(_) => ProblemType::WrongPassword,
            Self::VersionMissing => ProblemType::VersionMissing,
            Self::TooManyAttempts { .. } => ProblemType::TooManyAttempts,
            Self::Internal(_) => ProblemType::Internal,
            Self::UnknownTransferCoding => ProblemType::NotImplemented,
            Self::Busy | Self::NoSigningKey | Self::IssuerUnavailable | Self::Unavailable(_) => {
                ProblemType::Unavailable
            }
        }
    }

    /// Returns the invalid field of the request.
    fn field(&self) -> Option<String> {
        match self {
            Self::Invalid { field, .. } => Some(field.to_string()),
            Self::WeakPassword { field, .. }
            | Self::PasswordUnchanged(field)
            | Self::WrongPassword(field) => Some((*field).to_owned()),
            Self::UsernameTaken => Some("username".to_owned()),
            _ => None,
        }
    }

    /// Returns the challenge of a 401 (RFC 6750, section 3, and RFC 9470, section 3).
    fn challenge(&self) -> Option<HeaderValue> {
        match self {
            Self::NotLoggedIn | Self::WrongLogin => Some(HeaderValue::from_static("Bearer")),
            Self::SessionEnded => Some(HeaderValue::from_static("Bearer error=\"invalid_token\"")),
            Self::TokenTooOld => Some(HeaderValue::from_static(
                "Bearer error=\"insufficient_user_authentication\", max_age=\"300\"",
            )),
            _ => None,
        }
    }

    /// Returns when the client may retry, in seconds.
    fn retry_after(&self) -> Option<i64> {
        match self {
            Self::TooManyAttempts { seconds } => Some(*seconds),
            Self::Busy | Self::NoSigningKey | Self::Unavailable(_) => Some(2),
            Self::IssuerUnavailable => Some(5),
            _ => None,
        }
    }

    /// Returns the current version of an edited post.
    fn current_post(&self) -> Option<Box<Post>> {
        match self {
            Self::EditConflict(current) => Some(current.clone()),
            _ => None,
        }
    }
}
