//! Headers of all responses: security headers, as OWASP's HTTP Headers Cheat Sheet recommends, and `Vary`.

use axum::response::Response;
use http::HeaderValue;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};

use crate::web::content_security_policy;

/// The headers of a response that does not set them itself. They are suitable for JSON that only the caller may see.
pub const DEFAULT_HEADERS: [(HeaderName, &str); 7] = [
    (CACHE_CONTROL, "no-store"),
    (CONTENT_SECURITY_POLICY, content_security_policy::DEFAULT_POLICY),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (REFERRER_POLICY, "same-origin"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
];

/// Adds the default headers that a response does not have.
pub async fn add_default_headers(mut response: Response) -> Response {
    for (name, value) in DEFAULT_HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Joins the `Vary` headers of a response, because a Lambda function sends only the first of several headers with the
/// same name to an HTTP API.
pub async fn join_vary(mut response: Response) -> Response {
    let values: Vec<&[u8]> = response.headers().get_all(VARY).iter().map(HeaderValue::as_bytes).collect();
    if values.len() > 1
        && let Ok(joined) = HeaderValue::from_bytes(&values.join(&b", "[..]))
    {
        response.headers_mut().insert(VARY, joined);
    }
    response
}
