//! The deadline of a response. A database that is slow or unavailable delays a request, but the client always gets a
//! response that says when to retry, and never a timeout of the gateway.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::web::error::Error;

/// Maximum time until a handler responds: 11 seconds. It is longer than the time for a request's body
/// ([`request_body`](crate::web::request_body)), and shorter than the timeout of the Lambda function (`deploy/template.yaml`).
const RESPONSE_DEADLINE: Duration = Duration::from_secs(11);

/// Responds with 503 if the handler does not respond in time. Its work may take effect nevertheless, as if the response
/// had been lost.
pub async fn respond_in_time(request: Request, next: Next) -> Response {
    let response = tokio::time::timeout(RESPONSE_DEADLINE, next.run(request)).await;
    let too_slow = || Error::unavailable("the handler has not responded before the deadline");
    response.unwrap_or_else(|_| too_slow().into_response())
}
