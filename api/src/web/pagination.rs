//! Pagination: the query parameters of lists.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::Deserialize;

use crate::web::error::{Error, Result};

/// Maximum and default number of posts on a page.
const MAX_PAGE_SIZE: usize = 20;

/// The query parameters `before` and `limit`. All others are ignored.
pub struct PageQuery {
    before: Option<String>,
    /// The maximum number of posts on the page: 1 to 20.
    pub limit: usize,
}

impl PageQuery {
    /// Returns the cursor of the page: the `next` of an earlier page. Returns `None` for the first page.
    pub fn before(&self) -> Option<&str> {
        self.before.as_deref()
    }
}

/// Requests the first page with the default size.
impl Default for PageQuery {
    fn default() -> Self {
        Self { before: None, limit: MAX_PAGE_SIZE }
    }
}

/// The query parameters as text.
#[derive(Deserialize)]
struct RawPageQuery {
    before: Option<String>,
    limit: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for PageQuery {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let Query(query) = Query::<RawPageQuery>::try_from_uri(&parts.uri)
            .map_err(|_| Error::Malformed("The query string is malformed.".into()))?;
        let limit = query.limit.map_or(Some(MAX_PAGE_SIZE), |limit| parse_limit(&limit));
        let limit = limit.ok_or_else(|| {
            Error::invalid("limit", format!("This must be a number from 1 to {MAX_PAGE_SIZE}."))
        })?;
        Ok(Self { before: query.before, limit })
    }
}

/// Parses a number from 1 to 20 without a sign or leading zeros.
fn parse_limit(text: &str) -> Option<usize> {
    let limit = text.parse().ok().filter(|limit: &usize| limit.to_string() == text);
    limit.filter(|limit| (1..=MAX_PAGE_SIZE).contains(limit))
}
