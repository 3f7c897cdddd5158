//! Which page of a list is asked for, how long the edge may keep it, and whether the client has it
//! already.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use serde::{Deserialize, Serialize};

use crate::AppState;
use crate::web::error::{Error, Result};
use crate::web::etag;
use crate::web::etag::IfNoneMatch;

/// The most things on a page, and how many there are if nobody says.
const MAX_PAGE_SIZE: usize = 20;

/// For lists that are the same for everybody: the edge may answer with what it has for a second, a
/// browser always asks.
const LIST_CACHE_CONTROL: &str = "public, max-age=0, s-maxage=1";

/// `?before=&limit=`, and `If-None-Match`.
pub struct PageQuery {
    before: Option<String>,
    /// 1 to 20.
    pub limit: usize,
    /// The pages that the client already has.
    if_none_match: IfNoneMatch,
}

impl PageQuery {
    /// The newest, as many as there may be.
    pub fn newest() -> Self {
        Self { before: None, limit: MAX_PAGE_SIZE, if_none_match: IfNoneMatch::default() }
    }

    /// Where the page begins: the `next` of an earlier one.
    pub fn before(&self) -> Option<&str> {
        self.before.as_deref()
    }

    /// The page as everybody gets it, or 304 without it for a client that has it already.
    ///
    /// # Errors
    /// `Internal`, if the page can't be written as JSON.
    pub fn respond(&self, page: &impl Serialize) -> Result<Response> {
        let json = serde_json::to_vec(page).map_err(|error| Error::Internal(error.into()))?;
        let tag = etag::of_content(&json);
        let is_known = self.if_none_match.contains(&tag);
        let headers = [(CACHE_CONTROL, LIST_CACHE_CONTROL.to_owned()), (ETAG, tag)];
        Ok(match is_known {
            true => (StatusCode::NOT_MODIFIED, headers).into_response(),
            false => (headers, [(CONTENT_TYPE, "application/json")], json).into_response(),
        })
    }
}

/// As it is sent; whatever else is in the query string is ignored.
#[derive(Deserialize)]
struct RawQuery {
    before: Option<String>,
    limit: Option<String>,
}

impl FromRequestParts<AppState> for PageQuery {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self> {
        let sent = axum::extract::Query::<RawQuery>::try_from_uri(&parts.uri);
        let sent = sent.map_err(|_| Error::Malformed("the query string can't be read".into()))?.0;
        let parse = |text: String| text.parse().ok().filter(|limit: &usize| limit.to_string() == text);
        let limit = sent.limit.map_or(Some(MAX_PAGE_SIZE), parse);
        let limit =
            limit.filter(|limit| (1..=MAX_PAGE_SIZE).contains(limit)).ok_or_else(|| Error::Invalid {
                field: "limit".into(),
                detail: format!("must be a number from 1 to {MAX_PAGE_SIZE}"),
            })?;
        Ok(Self { before: sent.before, limit, if_none_match: IfNoneMatch::from_headers(&parts.headers) })
    }
}
