//! The same-site rule: which requests may read or set a cookie.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use http::header::ORIGIN;

use crate::AppState;
use crate::web::error::{Error, Result};

/// Proof that a request comes from our own pages or from a client that is no browser. Each handler that reads or sets
/// a cookie on a state-changing request has it as an argument.
///
/// Browsers send Fetch Metadata (`Sec-Fetch-Site`); older ones send `Origin` (RFC 6454). The Host header plays no part,
/// because the client chooses it.
pub struct SameSite;

impl FromRequestParts<AppState> for SameSite {
    type Rejection = Error;

    /// # Errors
    /// [`Error::CrossSite`] (403) if another site's page started the request.
    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let allowed = match (parts.headers.get("sec-fetch-site"), parts.headers.get(ORIGIN)) {
            (Some(site), _) => site == "same-origin",
            (None, Some(origin)) => state.config.origins.iter().any(|ours| origin == ours.as_str()),
            (None, None) => true,
        };
        allowed.then_some(Self).ok_or(Error::CrossSite)
    }
}
