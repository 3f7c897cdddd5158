//! Extractors for the body and the path of a request. They reject invalid input before a handler runs.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use shared::problem::ProblemType;

use crate::web::canonical_id::Canonical;
use crate::web::error::{Error, Result};
use crate::web::operation::{DescribeRequest, DescribeResponse, Example, Operation};
use crate::web::strict_json;

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

/// The JSON body of a request or a response.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        if !has_media_type(request.headers(), "application/json") {
            return Err(Error::NotJson);
        }
        let value = strict_json::parse(&read_body(request).await?)
            .map_err(|error| Error::Malformed(format!("The body is not valid JSON: {error}.").into()))?;
        from_json(value).map(Self)
    }
}

impl<T: JsonSchema + Example> DescribeRequest for Json<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.request_body::<T>("application/json");
        operation.problems(BODY_PROBLEMS);
    }
}

impl<T: Serialize> axum::response::IntoResponse for Json<T> {
    fn into_response(self) -> axum::response::Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: JsonSchema + Example> DescribeResponse for Json<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.json_response::<T>(200, "OK.");
    }
}

/// The media type of forms.
pub const FORM_MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

/// A form in `application/x-www-form-urlencoded` (WHATWG URL Standard, section 5). Contains the fields as typed, so
/// that a page can show them again.
pub struct Form(Map<String, Value>);

impl Form {
    /// Deserializes and validates the fields, like the members of a JSON object.
    ///
    /// # Errors
    /// `Invalid`, which names the invalid field.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        from_json(Value::Object(self.0.clone()))
    }

    /// Returns a field as typed, or an empty string if it is missing.
    pub fn value(&self, field: &str) -> &str {
        self.0.get(field).and_then(Value::as_str).unwrap_or_default()
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        if !has_media_type(request.headers(), FORM_MEDIA_TYPE) {
            return Err(Error::NotForm);
        }
        let mut fields = Map::new();
        for (name, text) in form_urlencoded::parse(&read_body(request).await?) {
            if fields.insert(name.into_owned(), Value::String(text.into_owned())).is_some() {
                return Err(Error::Malformed("The form contains a field twice.".into()));
            }
        }
        Ok(Self(fields))
    }
}

/// Deserializes and validates a JSON object. The error names the invalid field.
fn from_json<T: DeserializeOwned>(value: Value) -> Result<T> {
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

fn has_media_type(headers: &HeaderMap, media_type: &str) -> bool {
    let essence = |value: &str| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let only = types.next().filter(|_| types.next().is_none());
    only.and_then(|value| value.to_str().ok()).is_some_and(|value| essence(value) == media_type)
}

async fn read_body(request: Request) -> Result<Bytes> {
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

/// The variable segment of the path. Responds with 404 if it is not in its canonical form.
pub struct Path<T>(pub T);

impl<T: Canonical, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        // No identifier needs percent-encoding, so an encoded one is not in its canonical form.
        if parts.uri.path().contains('%') {
            return Err(Error::NotFound);
        }
        let text = axum::extract::Path::<String>::from_request_parts(parts, state).await;
        text.ok().and_then(|text| T::parse_canonical(&text.0)).map(Self).ok_or(Error::NotFound)
    }
}

impl<T: JsonSchema> DescribeRequest for Path<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.path_parameter::<T>();
        operation.problems([ProblemType::NotFound]);
    }
}
