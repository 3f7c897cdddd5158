//! `Idempotency-Key`: makes it safe to retry a request that creates a post.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use shared::problem::ProblemType;
use uuid::Uuid;

use crate::web::canonical_id::Canonical;
use crate::web::describe::DescribeRequest;
use crate::web::error::{Error, Result};
use crate::web::operation::Operation;

/// The idempotency key of a request that creates a post: a UUID. It becomes the id of the new post, so a retry with the
/// same key finds the post of the first attempt. If the request has no key, the extractor creates a random one.
#[derive(Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("format" = "uuid", "examples" = ["6f9619ff-8b86-4d01-b42d-00cf4fc964ff"]))]
pub struct IdempotencyKey {
    /// The id of the new post.
    pub id: Uuid,
}

impl IdempotencyKey {
    /// Parses a UUID of 36 characters in lower or upper case, as RFC 9562, section 4, requires.
    ///
    /// # Errors
    /// A sentence that says what the key must be, for all other texts.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        Uuid::parse_canonical(&text.to_ascii_lowercase()).map(|id| Self { id }).ok_or("This must be a UUID.")
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let mut keys = parts.headers.get_all("idempotency-key").iter();
        let Some(key) = keys.next() else {
            return Ok(Self { id: Uuid::new_v4() });
        };
        let key = match keys.next() {
            None => Self::parse(key.to_str().unwrap_or_default()),
            Some(_) => Err("Send this header only once."),
        };
        key.map_err(|detail| Error::invalid("Idempotency-Key", detail))
    }
}

impl DescribeRequest for IdempotencyKey {
    fn describe(operation: &mut Operation<'_>) {
        let description = "Makes it safe to repeat the request: the key is the id of the new post, which is created only once.";
        let schema = json!({
            "type": "string", "format": "uuid", "examples": ["6f9619ff-8b86-4d01-b42d-00cf4fc964ff"],
        });
        operation.request_header("Idempotency-Key", false, description, schema);
        operation.problems([ProblemType::Invalid, ProblemType::KeyReused, ProblemType::Gone]);
    }
}

impl TryFrom<String> for IdempotencyKey {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}
