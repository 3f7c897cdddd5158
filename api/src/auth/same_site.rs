//! Same-site check: rejects requests that the page of another site has started (CSRF).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use http::header::ORIGIN;

use crate::AppState;
use crate::web::error::{Error, Result};

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
        let is_allowed = match (parts.headers.get("sec-fetch-site"), parts.headers.get(ORIGIN)) {
            (Some(site), _) => site == "same-origin",
            (None, Some(origin)) => state.config.origins.iter().any(|own| origin == own.as_str()),
            (None, None) => true,
        };
        is_allowed.then_some(Self).ok_or(Error::CrossSite)
    }
}
