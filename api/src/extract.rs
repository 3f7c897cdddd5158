//! What handlers take from a request. Whatever breaks a rule never reaches them.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::AppState;
use crate::error::{Error, Result};

/// The largest body that is read, in bytes.
pub const MOST_BYTES: usize = 64 * 1024;

/// A JSON body, or an answer in JSON.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &AppState) -> Result<Self> {
        if !is_json(request.headers()) {
            return Err(Error::NotJson);
        }
        let bytes = axum::body::to_bytes(request.into_body(), MOST_BYTES).await.map_err(too_large_or_cut)?;
        let value: serde_json::Value = serde_json::from_slice(&bytes)
            .map_err(|error| Error::Malformed(format!("the body is not JSON: {error}").into()))?;
        parse(value).map(Self)
    }
}

impl<T: Serialize> axum::response::IntoResponse for Json<T> {
    fn into_response(self) -> axum::response::Response {
        axum::Json(self.0).into_response()
    }
}

/// Reads a type out of JSON by the rules of that type, and names the field that breaks one.
fn parse<T: DeserializeOwned>(value: serde_json::Value) -> Result<T> {
    // An array would do for serde, field by field.
    if !value.is_object() {
        return Err(Error::Malformed("the body must be a JSON object".into()));
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let detail = error.inner().to_string();
        let path = error.path().to_string();
        // A missing field has no path of its own; serde's sentence is the only place that names it.
        let missing = detail.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
        match missing {
            Some(field) => Error::Invalid { field: field.to_owned().into(), detail: "is missing".to_owned() },
            None if detail.starts_with("unknown field") => {
                Error::Invalid { field: path.into(), detail: "is not a field of this request".to_owned() }
            }
            None => Error::Invalid { field: path.into(), detail },
        }
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let essence = |value: &str| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).is_some_and(|v| essence(v) == "application/json")
}

fn too_large_or_cut(error: axum::Error) -> Error {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(error) = source {
        if error.is::<http_body_util::LengthLimitError>() {
            return Error::TooLarge;
        }
        source = error.source();
    }
    Error::Malformed("the body ended early".into())
}

/// The query string; a parameter it does not know is ignored.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<AppState> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self> {
        axum::extract::Query::try_from_uri(&parts.uri)
            .map(|axum::extract::Query(query)| Self(query))
            .map_err(|_| Error::Malformed("the query string can't be read".into()))
    }
}

/// The `Idempotency-Key` of a create, which becomes the new thing's id; made here where there is
/// none. A retry with the same key finds what the first try made.
pub struct IdempotencyKey(pub Uuid);

impl FromRequestParts<AppState> for IdempotencyKey {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self> {
        let Some(key) = parts.headers.get("idempotency-key") else {
            return Ok(Self(Uuid::new_v4()));
        };
        // Hyphenated only: one key must not have two spellings that differ in more than case.
        let uuid = key.to_str().ok().filter(|text| text.len() == 36).and_then(|text| text.parse().ok());
        uuid.map(Self).ok_or_else(|| Error::Invalid {
            field: "Idempotency-Key".into(),
            detail: "must be a UUID".to_owned(),
        })
    }
}
