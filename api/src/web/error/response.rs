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
        let (status, kind) = self.status_and_type();
        let problem = Problem {
            kind,
            title: kind.title().to_owned(),
            status: status.as_u16(),
            detail: self.to_string(),
            field: self.field(),
            current: self.current_post(),
        };
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
    fn status_and_type(&self) -> (StatusCode, ProblemType) {
        match self {
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, ProblemType::Malformed),
            Self::NotLoggedIn | Self::SessionEnded | Self::TokenTooOld => {
                (StatusCode::UNAUTHORIZED, ProblemType::NotLoggedIn)
            }
            Self::WrongLogin => (StatusCode::UNAUTHORIZED, ProblemType::WrongLogin),
            Self::CrossSite => (StatusCode::FORBIDDEN, ProblemType::CrossSite),
            Self::NotYours => (StatusCode::FORBIDDEN, ProblemType::NotYours),
            Self::NotFound => (StatusCode::NOT_FOUND, ProblemType::NotFound),
            Self::MethodNotAllowed => (StatusCode::METHOD_NOT_ALLOWED, ProblemType::MethodNotAllowed),
            Self::RequestTimeout => (StatusCode::REQUEST_TIMEOUT, ProblemType::RequestTimeout),
            Self::UsernameTaken => (StatusCode::CONFLICT, ProblemType::UsernameTaken),
            Self::KeyReused => (StatusCode::CONFLICT, ProblemType::KeyReused),
            Self::NoPassword => (StatusCode::CONFLICT, ProblemType::NoPassword),
            Self::Gone => (StatusCode::GONE, ProblemType::Gone),
            Self::EditConflict(_) => (StatusCode::PRECONDITION_FAILED, ProblemType::EditConflict),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, ProblemType::TooLarge),
            Self::NotJson | Self::NotForm => (StatusCode::UNSUPPORTED_MEDIA_TYPE, ProblemType::NotJson),
            Self::Invalid { .. } => (StatusCode::UNPROCESSABLE_ENTITY, ProblemType::Invalid),
            Self::WeakPassword { .. } => (StatusCode::UNPROCESSABLE_ENTITY, ProblemType::WeakPassword),
            Self::PasswordUnchanged(_) => (StatusCode::UNPROCESSABLE_ENTITY, ProblemType::PasswordUnchanged),
            Self::WrongPassword(_) => (StatusCode::UNPROCESSABLE_ENTITY, ProblemType::WrongPassword),
            Self::VersionMissing => (StatusCode::PRECONDITION_REQUIRED, ProblemType::VersionMissing),
            Self::TooManyAttempts { .. } => (StatusCode::TOO_MANY_REQUESTS, ProblemType::TooManyAttempts),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, ProblemType::Internal),
            Self::UnknownTransferCoding => (StatusCode::NOT_IMPLEMENTED, ProblemType::NotImplemented),
            Self::Busy | Self::IssuerUnavailable | Self::Unavailable(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, ProblemType::Unavailable)
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
            Self::Busy | Self::Unavailable(_) => Some(2),
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
