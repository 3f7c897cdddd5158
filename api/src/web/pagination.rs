//! Pagination: the query parameters of lists.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::Deserialize;
use serde_json::json;
use shared::problem::ProblemType;

use crate::web::error::{Error, Result};
use crate::web::operation::{DescribeRequest, Operation};

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

impl DescribeRequest for PageQuery {
    fn describe(operation: &mut Operation<'_>) {
        let cursor = json!({ "type": "string" });
        operation.query_parameter(
            "before",
            "The cursor of the page: the `next` of the page before it.",
            cursor,
        );
        let limit =
            json!({ "type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": MAX_PAGE_SIZE });
        operation.query_parameter("limit", "The maximum number of posts on the page.", limit);
        operation.problems([ProblemType::Malformed, ProblemType::Invalid]);
    }
}

/// Parses a number from 1 to 20 without a sign or leading zeros.
fn parse_limit(text: &str) -> Option<usize> {
    let limit = text.parse().ok().filter(|limit: &usize| limit.to_string() == text);
    limit.filter(|limit| (1..=MAX_PAGE_SIZE).contains(limit))
}
