//! Same-site check: rejects requests that the page of another site has started (CSRF).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use http::HeaderValue;
use http::header::ORIGIN;
use shared::problem::ProblemType;

use crate::AppState;
use crate::web::describe::DescribeRequest;
use crate::web::error::{Error, Result};
use crate::web::operation::Operation;

/// Maximum length of a rejected origin in the log, in characters.
const LOGGED_ORIGIN_MAX_LEN: usize = 100;

/// Proof that a request comes from our own pages or from a client that is not a browser. Each handler of a
/// state-changing request that reads or sets a cookie has this argument, unless it requires an access token (`Caller`).
///
/// Browsers send Fetch Metadata (`Sec-Fetch-Site`), and older ones send `Origin` (RFC 6454). The Host header is not
/// used, because the client can choose it.
pub struct SameSite;

impl FromRequestParts<AppState> for SameSite {
    type Rejection = Error;

    /// # Errors
    /// [`Error::CrossSite`] (403) if the page of another site has started the request.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let headers = &parts.headers;
        let is_allowed = match (headers.get("sec-fetch-site"), headers.get(ORIGIN)) {
            (Some(site), _) => site == "same-origin",
            (None, Some(origin)) => is_own(origin, &state.config.origins),
            (None, None) => true,
        };
        is_allowed.then_some(Self).ok_or(Error::CrossSite)
    }
}

impl DescribeRequest for SameSite {
    fn describe(operation: &mut Operation<'_>) {
        operation.problems([ProblemType::CrossSite]);
    }
}

/// Returns whether an origin is configured. If it is not, logs the origin, because it may be the origin of our own
/// pages: browsers send no Fetch Metadata over plain http, except to localhost.
fn is_own(origin: &HeaderValue, origins: &[String]) -> bool {
    let is_own = origins.iter().any(|own| origin == own.as_str());
    if !is_own {
        let text = String::from_utf8_lossy(origin.as_bytes());
        let origin: String = text.chars().take(LOGGED_ORIGIN_MAX_LEN).collect();
        // `?` quotes the text and escapes control characters.
        tracing::warn!(
            ?origin,
            "rejected a cross-site request: if this is your site, add it to WISHBOARD_ORIGINS"
        );
    }
    is_own
}
