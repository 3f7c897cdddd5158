//! Requests of the smoke test to the API. They are repeated until the API is live.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use uuid::Uuid;

use crate::system::http::{Request, Response};
use crate::system::poll::Poll;

/// It takes some seconds until a new route, a new authorizer or the new code of a function is live.
const API_LIVE_POLL: Poll = Poll { interval: Duration::from_secs(3), timeout: Duration::from_secs(60) };

/// A client of the deployed API.
pub(crate) struct ApiClient {
    url: String,
    poll: Poll,
}

impl ApiClient {
    /// Returns a client of the API at a URL.
    pub(crate) fn of(url: String) -> Self {
        Self { url, poll: API_LIVE_POLL }
    }

    /// Sends a GET request, with an access token for a protected route. Returns the body of the response as JSON.
    ///
    /// # Errors
    /// If the last status is not 200.
    pub(crate) fn get(&self, path: &str, token: Option<&str>) -> Result<Value> {
        let request = Request::get(format!("{}{path}", self.url));
        let response = self.send(with_token(request, token), token.is_some())?;
        if response.status != 200 {
            bail!("GET {path} responded with {}: {}", response.status, response.body);
        }
        Ok(serde_json::from_str(&response.body).unwrap_or_default())
    }

    /// Sends a POST request, with an access token for a protected route. Returns the last response.
    ///
    /// # Errors
    /// If there was no response at all.
    pub(crate) fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Result<Response> {
        let request = Request::post(format!("{}{path}", self.url), body);
        // One idempotency key for all attempts.
        let request = request.header("idempotency-key", Uuid::new_v4().to_string());
        self.send(with_token(request, token), token.is_some())
    }

    /// Sends a request until the status is final.
    fn send(&self, request: Request, is_protected: bool) -> Result<Response> {
        let mut last = None;
        self.poll.until_true(|| {
            last = request.send().ok();
            last.as_ref().is_some_and(|response| is_final(response.status, is_protected))
        });
        last.with_context(|| format!("no response from {}", request.url))
    }

    #[cfg(test)]
    pub(crate) fn for_tests(url: String) -> Self {
        let poll = Poll { interval: Duration::from_millis(1), timeout: Duration::from_secs(20) };
        Self { url, poll }
    }
}

fn with_token(request: Request, token: Option<&str>) -> Request {
    match token {
        Some(token) => request.header("authorization", format!("Bearer {token}")),
        None => request,
    }
}

/// Returns whether a repeated request would get the same status. A new authorizer rejects valid tokens with 401 or 403
/// until API Gateway has distributed it, and a new stage or distribution can answer 403, 404 or 429.
fn is_final(status: u16, is_protected: bool) -> bool {
    let is_temporary = matches!(status, 403 | 404 | 429 | 500..) || (status == 401 && is_protected);
    !is_temporary
}
