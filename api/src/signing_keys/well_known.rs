//! The `.well-known` endpoints: the public keys, and the discovery document that contains their URL.

use axum::extract::State;
use axum::response::IntoResponse;
use http::header::CACHE_CONTROL;
use serde_json::json;

use crate::AppState;
use crate::web::error::Result;
use crate::web::extract::Json;

/// How long clients may cache both documents: 5 minutes. This is much shorter than the 24 hours for which a key is
/// published before it signs.
const DOCUMENT_CACHE_CONTROL: &str = "public, max-age=300";

/// `GET /.well-known/jwks.json`: returns the public keys as a JWK Set (RFC 7517, section 5).
pub async fn jwks(State(state): State<AppState>) -> Result<impl IntoResponse> {
    Ok(([(CACHE_CONTROL, DOCUMENT_CACHE_CONTROL)], Json(state.key_ring.jwks().await?)))
}

/// `GET /.well-known/openid-configuration`: returns the members of OpenID Connect Discovery 1.0, section 3, that an API
/// Gateway authorizer needs. There is no authorization endpoint, because users log in with `POST /api/login`.
pub async fn discovery(State(state): State<AppState>) -> impl IntoResponse {
    let issuer = &state.config.issuer;
    let document = json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "response_types_supported": ["token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    });
    ([(CACHE_CONTROL, DOCUMENT_CACHE_CONTROL)], Json(document))
}
