//! What pages of other origins may do: call the API with a token they have, where
//! `WISHBOARD_CORS_ORIGINS` names them. Never with the session cookie.

use std::time::Duration;

use http::header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, ETAG, IF_MATCH, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderName, HeaderValue, Method};
use tower_http::cors::CorsLayer;

/// How long a browser may keep the answer to its preflight.
const KEPT: Duration = Duration::from_secs(600);

/// Nothing at all where no origin is named.
pub fn layer(origins: &[String]) -> Option<CorsLayer> {
    let origins: Vec<HeaderValue> = origins.iter().filter_map(|origin| origin.parse().ok()).collect();
    let layer = CorsLayer::new()
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE, IF_MATCH, HeaderName::from_static("idempotency-key")])
        .expose_headers([ALLOW, ETAG, RETRY_AFTER, WWW_AUTHENTICATE])
        .max_age(KEPT);
    (!origins.is_empty()).then(|| layer.allow_origin(origins))
}
