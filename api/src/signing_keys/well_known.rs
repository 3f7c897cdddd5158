//! The `.well-known` endpoints: the public keys, and the discovery document that contains their URL.

use axum::extract::State;
use http::HeaderName;
use http::header::CACHE_CONTROL;
use jsonwebtoken::jwk::JwkSet;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::AppState;
use crate::web::error::Result;
use crate::web::json::Json;

/// How long clients may cache both documents: 5 minutes. This is much shorter than the time from the publication
/// of a key to the scheduled rotation that makes it sign, which is at least 24 hours.
const DOCUMENT_CACHE_CONTROL: [(HeaderName, &str); 1] = [(CACHE_CONTROL, "public, max-age=300")];

/// A document with [`DOCUMENT_CACHE_CONTROL`].
type Document<T> = ([(HeaderName, &'static str); 1], Json<T>);

/// The public keys: a JWK Set (RFC 7517, section 5).
#[derive(Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Jwks(#[schemars(with = "JwksSchema")] pub JwkSet);

#[derive(JsonSchema)]
#[schemars(inline)]
#[expect(dead_code, reason = "describes the JSON of JwkSet")]
struct JwksSchema {
    /// The keys: JWKs (RFC 7517, section 4).
    keys: Vec<Value>,
}

/// The members of OpenID Connect Discovery 1.0, section 3, that an API Gateway authorizer needs. There is no
/// authorization endpoint, because users log in with `POST /api/login`.
#[derive(Serialize, JsonSchema)]
pub struct Discovery {
    /// The `iss` of the access tokens.
    pub issuer: String,
    /// The URL of the public keys.
    pub jwks_uri: String,
    /// `token`.
    pub response_types_supported: [&'static str; 1],
    /// `public`.
    pub subject_types_supported: [&'static str; 1],
    /// `RS256`.
    pub id_token_signing_alg_values_supported: [&'static str; 1],
}

/// `GET /.well-known/jwks.json`: returns the public keys.
pub async fn jwks(State(state): State<AppState>) -> Result<Document<Jwks>> {
    Ok((DOCUMENT_CACHE_CONTROL, Json(Jwks(state.key_ring.jwks().await?))))
}

/// `GET /.well-known/openid-configuration`: returns the discovery document, once there are keys.
pub async fn discovery(State(state): State<AppState>) -> Result<Document<Discovery>> {
    state.key_ring.jwks().await?;
    Ok((DOCUMENT_CACHE_CONTROL, Json(Discovery::of_issuer(&state.config.issuer))))
}

impl Discovery {
    /// Returns the document of an issuer.
    pub fn of_issuer(issuer: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            jwks_uri: format!("{issuer}/.well-known/jwks.json"),
            response_types_supported: ["token"],
            subject_types_supported: ["public"],
            id_token_signing_alg_values_supported: ["RS256"],
        }
    }
}
