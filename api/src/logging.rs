//! The log: one line per request, with the request's id. At every level it contains no query, body or path, because
//! paths contain usernames. It contains no header either, except the `Origin` of a rejected cross-site request.

use std::any::Any;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use tracing::{Instrument, Level, Metadata};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, fmt, registry};
use uuid::Uuid;

use crate::web::error::Error;

/// The crates and binaries of this workspace that write to this log. Their log lines contain no secrets.
const OWN_CRATES: [&str; 6] = ["api", "shared", "local", "lambda", "authorizer", "keys"];

/// Starts logging to standard error. `RUST_LOG` sets the level; the default is `info`.
pub fn start() {
    let layer = fmt::layer().with_target(false).with_writer(std::io::stderr);
    registry().with(env_filter()).with(filter_fn(is_without_secrets)).with(layer).init();
}

/// Starts logging to standard output as JSON lines, without times because CloudWatch adds them.
pub fn start_json() {
    let layer = fmt::layer().json().with_target(false).without_time();
    registry().with(env_filter()).with(filter_fn(is_without_secrets)).with(layer).init();
}

fn env_filter() -> EnvFilter {
    EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"))
}

/// Returns whether an event or span cannot contain secrets.
///
/// At `debug` and `trace`, dependencies log the requests and responses that they handle. The AWS SDK logs items with
/// private keys and password hashes, and the Lambda runtime logs events with cookies and tokens. Therefore, these
/// levels are enabled for our own crates only, regardless of `RUST_LOG`.
fn is_without_secrets(metadata: &Metadata<'_>) -> bool {
    let crate_name = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() <= Level::INFO || OWN_CRATES.contains(&crate_name)
}

/// Assigns an id to a request, adds the id to the response, and logs the response. The log line contains the route's
/// pattern, for example `/api/users/{username}/wishes`, or `unmatched` for other paths.
pub async fn log_request(request: Request, next: Next) -> Response {
    let id = Uuid::new_v4().to_string();
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str);
    let span = tracing::info_span!("request", %id, method = %request.method(), route);
    let start = Instant::now();
    async {
        let mut response = next.run(request).await;
        let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
        tracing::info!(status = response.status().as_u16(), ms = format!("{milliseconds:.1}"));
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert("x-request-id", id);
        }
        response
    }
    .instrument(span)
    .await
}

/// Returns the response to a request whose handler has panicked.
pub fn panic_response(panic: Box<dyn Any + Send + 'static>) -> Response {
    let message =
        panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Error::Internal(message.unwrap_or("a handler has panicked").to_owned().into()).into_response()
}
