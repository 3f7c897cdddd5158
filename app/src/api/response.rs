//! Responses of the API, and the errors that they contain.

use std::time::Duration;

use serde::de::DeserializeOwned;
use shared::problem::MEDIA_TYPE;

use crate::api::error::Error;
use crate::api::json;

/// A response whose body has been received but not parsed.
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub text: String,
    /// The entity tag, or an empty string.
    pub etag: String,
    is_problem: bool,
    retry_after: Option<Duration>,
}

impl Response {
    /// Receives the body.
    ///
    /// # Errors
    /// Returns `Offline` or `Timeout` if the connection ends before the whole body has arrived.
    pub async fn receive(response: gloo_net::http::Response) -> Result<Self, Error> {
        let headers = response.headers();
        let is_problem = headers.get("Content-Type").is_some_and(|media| media.starts_with(MEDIA_TYPE));
        let seconds = headers.get("Retry-After").and_then(|seconds| seconds.parse::<u32>().ok());
        let retry_after =
            seconds.filter(|seconds| *seconds > 0).map(|seconds| Duration::from_secs(seconds.into()));
        let etag = headers.get("ETag").unwrap_or_default();
        let text = response.text().await?;
        Ok(Self { status: response.status(), text, etag, is_problem, retry_after })
    }

    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// Parses the body of a successful response. An empty body parses as `()`.
    ///
    /// # Errors
    /// Returns [`Self::error`] if the status is not 2xx, and `Unexpected` if the body is not a `T`.
    pub fn parse<T: DeserializeOwned>(self) -> Result<T, Error> {
        if !self.is_success() {
            return Err(self.error());
        }
        let json = if self.text.is_empty() { "null" } else { &self.text };
        json::from_str(json).ok_or(Error::Unexpected(self.status))
    }

    /// Returns the error of an unsuccessful response.
    pub fn error(&self) -> Error {
        if self.status == 429 {
            return Error::RateLimited(self.retry_after);
        }
        match json::from_str(&self.text) {
            Some(problem) if self.is_problem => Error::Problem(problem),
            _ => Error::Unexpected(self.status),
        }
    }
}
