//! Log: one line per request, each with its id. Contains no header, query, body or path (paths
//! contain usernames), at any level.

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

/// Crates of this workspace, the binaries included. Their log lines contain no secrets.
const OWN_CRATES: [&str; 6] = ["api", "shared", "local", "lambda", "authorizer", "keys"];

/// Starts the log on standard error. `RUST_LOG` sets the level, `info` by default.
pub fn start() {
    let lines = fmt::layer().with_target(false).with_writer(std::io::stderr);
    registry().with(env_filter()).with(filter_fn(is_without_secrets)).with(lines).init();
}

/// Starts the log as JSON lines on standard output, without times: CloudWatch adds its own.
pub fn start_json() {
    let lines = fmt::layer().json().with_target(false).without_time();
    registry().with(env_filter()).with(filter_fn(is_without_secrets)).with(lines).init();
}

fn env_filter() -> EnvFilter {
    EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"))
}

/// Whether an event or span is free of secrets. At `debug` and `trace`, dependencies log the
/// requests and responses that they handle: the AWS SDK logs items of the table (private keys and
/// password hashes), the Lambda runtime logs events (cookies and tokens). So these levels are for our
/// own crates only, whatever `RUST_LOG` says.
fn is_without_secrets(metadata: &Metadata<'_>) -> bool {
    let source = metadata.target().split("::").next().unwrap_or_default();
    *metadata.level() <= Level::INFO || OWN_CRATES.contains(&source)
}

/// Gives a request its id, logs it when it is answered, and puts the id on the answer. The log has the
/// route's pattern, such as `/api/users/{username}/wishes`; `unmatched` for any other path.
pub async fn request(request: Request, next: Next) -> Response {
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

/// The answer to a request whose handler panicked.
pub fn panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let message =
        panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Error::Internal(message.unwrap_or("a handler panicked").to_owned().into()).into_response()
}
