//! Which page of a list is asked for, and how long the edge may keep it.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use http::HeaderName;
use http::header::CACHE_CONTROL;
use serde::Deserialize;

use crate::AppState;
use crate::error::{Error, Result};

/// The most things on a page, and how many there are if nobody says.
const MOST: usize = 20;

/// For lists that are the same for everybody: the edge may answer with what it has for a second, a
/// browser always asks.
pub const PUBLIC: [(HeaderName, &str); 1] = [(CACHE_CONTROL, "public, max-age=0, s-maxage=1")];

/// `?before=&limit=`
pub struct Which {
    before: Option<String>,
    /// 1 to 20.
    pub limit: usize,
}

impl Which {
    /// The newest, as many as there may be.
    pub fn newest() -> Self {
        Self { before: None, limit: MOST }
    }

    /// Where the page begins: the `next` of an earlier one.
    pub fn before(&self) -> Option<&str> {
        self.before.as_deref()
    }
}

/// As it is sent; whatever else is in the query string is ignored.
#[derive(Deserialize)]
struct Sent {
    before: Option<String>,
    limit: Option<String>,
}

impl FromRequestParts<AppState> for Which {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self> {
        let sent = axum::extract::Query::<Sent>::try_from_uri(&parts.uri);
        let sent = sent.map_err(|_| Error::Malformed("the query string can't be read".into()))?.0;
        let limit = sent.limit.map_or(Some(MOST), |limit| limit.parse().ok());
        let limit = limit.filter(|limit| (1..=MOST).contains(limit)).ok_or_else(|| Error::Invalid {
            field: "limit".into(),
            detail: format!("must be a number from 1 to {MOST}"),
        })?;
        Ok(Self { before: sent.before, limit })
    }
}
