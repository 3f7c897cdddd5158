//! CORS: lets pages of the origins in `WISHBOARD_CORS_ORIGINS` call the API with an access token, never with the
//! session cookie.

use std::time::Duration;

use http::header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, ETAG, IF_MATCH, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderName, HeaderValue, Method};
use tower_http::cors::CorsLayer;

/// How long a browser caches the response to a preflight request: 10 minutes.
const PREFLIGHT_MAX_AGE: Duration = Duration::from_secs(600);

/// Returns the CORS layer for these origins, or `None` if there are none.
pub fn layer(origins: &[String]) -> Option<CorsLayer> {
    let origins: Vec<HeaderValue> = origins.iter().filter_map(|origin| origin.parse().ok()).collect();
    let layer = CorsLayer::new()
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE, IF_MATCH, HeaderName::from_static("idempotency-key")])
        .expose_headers([ALLOW, ETAG, RETRY_AFTER, WWW_AUTHENTICATE])
        .max_age(PREFLIGHT_MAX_AGE);
    (!origins.is_empty()).then(|| layer.allow_origin(origins))
}
