//! The log: one line a request, each with its id. Never a header, a query or a body: no secret can
//! slip in.

use std::any::Any;
use std::time::Instant;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::HeaderValue;
use tracing::Instrument;
use tracing_subscriber::EnvFilter;
use uuid::Uuid;

use crate::error::Error;

/// Starts the log, on standard error. `RUST_LOG` says how much, `info` unless told.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_target(false).with_writer(std::io::stderr).init();
}

/// Starts the log as JSON lines on standard output, without times: CloudWatch adds its own.
pub fn start_json() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_target(false).without_time().init();
}

/// Gives a request its id, logs it when it is answered, and puts the id on the answer.
pub async fn request(request: Request, next: Next) -> Response {
    let id = Uuid::new_v4().to_string();
    let span = tracing::info_span!("request", %id, method = %request.method(), path = request.uri().path());
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
