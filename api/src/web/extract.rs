//! What handlers take from a request. Whatever breaks a rule never reaches them.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::AppState;
use crate::crypto::sha256_base64url;
use crate::web::canonical::Canonical;
use crate::web::error::{Error, Result};
use crate::web::strict_json;

/// The largest body that is read, in bytes.
pub const MAX_BODY_BYTES: usize = 64 * 1024;

/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// A JSON body, or an answer in JSON.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &AppState) -> Result<Self> {
        if !has_media_type(request.headers(), "application/json") {
            return Err(Error::NotJson);
        }
        let value = strict_json::parse(&body(request).await?)
            .map_err(|error| Error::Malformed(format!("the JSON body can't be read: {error}").into()))?;
        parse(value).map(Self)
    }
}

impl<T: Serialize> axum::response::IntoResponse for Json<T> {
    fn into_response(self) -> axum::response::Response {
        axum::Json(self.0).into_response()
    }
}

/// What a form of a page sends, as it was typed: kept as it is, so that it can be shown again.
/// `application/x-www-form-urlencoded`, as the URL Standard of WHATWG has it.
pub struct Form(Map<String, Value>);

impl Form {
    /// The fields by the rules of a type, just as if they had come in a JSON object.
    ///
    /// # Errors
    /// `Invalid`, with the field that breaks a rule.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        parse(Value::Object(self.0.clone()))
    }

    /// What was typed into a field; nothing where there is no such field.
    pub fn value(&self, field: &str) -> &str {
        self.0.get(field).and_then(Value::as_str).unwrap_or_default()
    }
}

impl FromRequest<AppState> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, _: &AppState) -> Result<Self> {
        if !has_media_type(request.headers(), "application/x-www-form-urlencoded") {
            return Err(Error::NotForm);
        }
        let mut fields = Map::new();
        for (name, text) in form_urlencoded::parse(&body(request).await?) {
            if fields.insert(name.into_owned(), Value::String(text.into_owned())).is_some() {
                return Err(Error::Malformed("a field is there twice".into()));
            }
        }
        Ok(Self(fields))
    }
}

/// Reads a type out of JSON by the rules of that type, and names the field that breaks one.
fn parse<T: DeserializeOwned>(value: Value) -> Result<T> {
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

fn has_media_type(headers: &HeaderMap, media_type: &str) -> bool {
    let essence = |value: &str| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let only = types.next().filter(|_| types.next().is_none());
    only.and_then(|value| value.to_str().ok()).is_some_and(|value| essence(value) == media_type)
}

async fn body(request: Request) -> Result<Bytes> {
    let body = axum::body::to_bytes(request.into_body(), MAX_BODY_BYTES);
    tokio::time::timeout(BODY_TIMEOUT, body).await.map_err(|_| Error::TooSlow)?.map_err(too_large_or_cut)
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

/// The variable part of the path, in its one spelling; anything else is not found.
pub struct Path<T>(pub T);

impl<T: Canonical> FromRequestParts<AppState> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        // No identifier needs percent-encoding, so an encoded one is another spelling.
        if parts.uri.path().contains('%') {
            return Err(Error::NotFound);
        }
        let text = axum::extract::Path::<String>::from_request_parts(parts, state).await;
        text.ok().and_then(|text| T::parse_canonical(&text.0)).map(Self).ok_or(Error::NotFound)
    }
}

/// The `Idempotency-Key` of a create, which becomes the new thing's id; made here where there is
/// none. A retry with the same key finds what the first try made.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub struct IdempotencyKey {
    /// The id of the thing to make.
    pub id: Uuid,
}

impl IdempotencyKey {
    /// Parses a UUID of 36 characters. Upper case is as good as lower case, because RFC 9562, section 4, demands that
    /// of those who read one; the id of the new item is lower case.
    ///
    /// # Errors
    /// For all other spellings.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        Uuid::parse_canonical(&text.to_ascii_lowercase()).map(|id| Self { id }).ok_or("must be a UUID")
    }

    /// What a retry is known by: the SHA-256 of what is asked for.
    ///
    /// # Errors
    /// None that a request can cause.
    pub fn request(&self, new: &impl Serialize) -> Result<String> {
        let json = serde_json::to_vec(new).map_err(|error| Error::Internal(error.into()))?;
        Ok(sha256_base64url(json))
    }
}

impl FromRequestParts<AppState> for IdempotencyKey {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self> {
        let mut keys = parts.headers.get_all("idempotency-key").iter();
        let Some(key) = keys.next() else {
            return Ok(Self { id: Uuid::new_v4() });
        };
        let key = match keys.next() {
            None => Self::parse(key.to_str().unwrap_or_default()),
            Some(_) => Err("must be there once only"),
        };
        key.map_err(|detail| Error::Invalid { field: "Idempotency-Key".into(), detail: detail.to_owned() })
    }
}

impl TryFrom<String> for IdempotencyKey {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}
