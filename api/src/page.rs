//! Which page of a list is asked for, how long the edge may keep it, and whether the client has it
//! already.

use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};

use crate::AppState;
use crate::error::{Error, Result};

/// The most things on a page, and how many there are if nobody says.
const MOST: usize = 20;

/// For lists that are the same for everybody: the edge may answer with what it has for a second, a
/// browser always asks.
const PUBLIC: &str = "public, max-age=0, s-maxage=1";

/// `?before=&limit=`, and `If-None-Match`.
pub struct Which {
    before: Option<String>,
    /// 1 to 20.
    pub limit: usize,
    /// The entity tags of what the client has, as sent.
    known: Vec<String>,
}

impl Which {
    /// The newest, as many as there may be.
    pub fn newest() -> Self {
        Self { before: None, limit: MOST, known: Vec::new() }
    }

    /// Where the page begins: the `next` of an earlier one.
    pub fn before(&self) -> Option<&str> {
        self.before.as_deref()
    }

    /// The page as everybody gets it, or 304 without it for a client that has it already. The tag
    /// is strong: equal tags, equal bytes (RFC 9110, section 8.8.3). An edge that compresses makes
    /// it a weak one.
    ///
    /// # Errors
    /// `Internal`, if the page can't be written as JSON.
    pub fn answer(&self, page: &impl Serialize) -> Result<Response> {
        let json = serde_json::to_vec(page).map_err(|error| Error::Internal(error.into()))?;
        let hash = digest(&SHA256, &json);
        let tag = format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(&hash.as_ref()[..16]));
        let is_known = self.known.iter().any(|known| known == "*" || known.trim_start_matches("W/") == tag);
        let headers = [(CACHE_CONTROL, PUBLIC.to_owned()), (ETAG, tag)];
        Ok(match is_known {
            true => (StatusCode::NOT_MODIFIED, headers).into_response(),
            false => (headers, [(CONTENT_TYPE, "application/json")], json).into_response(),
        })
    }
}

/// What the client has, by the weak comparison that is for this header (RFC 9110, section 13.1.2).
/// No tag of ours has a comma in it; what can't be read is no tag of ours.
fn known(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(|tag| tag.trim().to_owned()).collect()
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
        Ok(Self { before: sent.before, limit, known: known(&parts.headers) })
    }
}
