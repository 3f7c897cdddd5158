//! Errors of requests. `i18n::errors` has the texts that the user reads.

use std::time::Duration;

use shared::problem::{Problem, ProblemType};
use wasm_bindgen::{JsCast, JsValue};

/// The reason why a request has no usable response.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// The API responded with a problem document (RFC 9457).
    Problem(Problem),
    /// No response, because the browser is offline or the server cannot be reached.
    Offline,
    /// No response within [`REQUEST_TIMEOUT`](crate::api::request_timeout::REQUEST_TIMEOUT).
    Timeout,
    /// 429: too many attempts. The next one is allowed after this time, if the response says so
    /// (`Retry-After`).
    RateLimited(Option<Duration>),
    /// The session has ended, so the access token could not be refreshed.
    SessionExpired,
    /// Another user has logged in in this browser since the call. The request was not sent with that user's token.
    UserChanged,
    /// The post that the user edited has been deleted.
    PostDeleted,
    /// Any other response, with its status: an error of a gateway, or a body that could not be parsed.
    Unexpected(u16),
}

impl Error {
    /// The HTTP status, if there was a response.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Problem(problem) => Some(problem.status),
            Self::RateLimited(_) => Some(429),
            Self::Unexpected(status) => Some(*status),
            _ => None,
        }
    }

    /// Whether the error is retryable: the same request may succeed later. False for 429, for which the form shows a
    /// countdown.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Offline | Self::Timeout => true,
            other => other.status().is_some_and(|status| status >= 500),
        }
    }

    /// Whether the current password, or the username, is wrong.
    pub fn is_wrong_password(&self) -> bool {
        matches!(
            self,
            Self::Problem(Problem { kind: ProblemType::WrongLogin | ProblemType::WrongPassword, .. })
        )
    }

    /// Whether the user has to log in before the request can succeed.
    pub fn needs_login(&self) -> bool {
        *self == Self::SessionExpired || self.status() == Some(401)
    }
}

impl From<gloo_net::Error> for Error {
    fn from(error: gloo_net::Error) -> Self {
        match error {
            gloo_net::Error::JsError(error) if matches!(&*error.name, "TimeoutError" | "AbortError") => {
                Self::Timeout
            }
            _ => Self::Offline,
        }
    }
}

/// Converts the rejection of a `fetch` promise.
impl From<JsValue> for Error {
    fn from(error: JsValue) -> Self {
        match error.dyn_into::<js_sys::Error>() {
            Ok(error) => gloo_net::Error::JsError(error.into()).into(),
            Err(_) => Self::Offline,
        }
    }
}
