//! Reads bodies of requests, within a maximum size and time, and deserializes them.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::Request;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::problem::ProblemType;

use crate::web::error::{Error, Result};

/// Maximum size of a body, in bytes.
const MAX_BODY_BYTES: usize = 64 * 1024;

/// Maximum time until the body has arrived: 10 seconds.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// The problems for which a body can be rejected.
pub const BODY_PROBLEMS: [ProblemType; 6] = [
    ProblemType::Malformed,
    ProblemType::RequestTimeout,
    ProblemType::TooLarge,
    ProblemType::NotJson,
    ProblemType::Invalid,
    ProblemType::NotImplemented,
];

/// Deserializes and validates a JSON object. The error names the invalid field.
pub(super) fn from_json<T: DeserializeOwned>(value: Value) -> Result<T> {
    // serde would accept an array too, with the fields in the order of their declaration.
    if !value.is_object() {
        return Err(Error::Malformed("The body must be a JSON object.".into()));
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let detail = error.inner().to_string();
        let path = error.path().to_string();
        // The path does not contain the name of a missing field; only serde's message does.
        let missing_field = detail.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
        match missing_field {
            Some(field) => Error::missing(field.to_owned()),
            None if detail.starts_with("unknown field") => {
                Error::invalid(path, "This request has no such field.")
            }
            None => Error::invalid(path, detail),
        }
    })
}

/// Returns whether the body has this media type.
pub(super) fn has_media_type(headers: &HeaderMap, media_type: &str) -> bool {
    let essence = |value: &str| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let only = types.next().filter(|_| types.next().is_none());
    only.and_then(|value| value.to_str().ok()).is_some_and(|value| essence(value) == media_type)
}

/// Reads a body of at most 64 KiB.
///
/// # Errors
/// `RequestTimeout`; `TooLarge`; `Malformed` if the connection was closed early.
pub(super) async fn read(request: Request) -> Result<Bytes> {
    let body = axum::body::to_bytes(request.into_body(), MAX_BODY_BYTES);
    tokio::time::timeout(BODY_TIMEOUT, body).await.map_err(|_| Error::RequestTimeout)?.map_err(body_error)
}

/// Converts an error that occurred while the body was read: the body is too large, or the connection was closed early.
fn body_error(error: axum::Error) -> Error {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(error) = source {
        if error.is::<http_body_util::LengthLimitError>() {
            return Error::TooLarge;
        }
        source = error.source();
    }
    Error::Malformed("The body ended early.".into())
}
