//! Pagination: the query parameters of lists.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::Deserialize;
use serde_json::json;
use shared::problem::ProblemType;

use crate::web::describe::DescribeRequest;
use crate::web::error::{Error, Result};
use crate::web::operation::Operation;
use crate::web::page_size::PageSize;

/// A cursor of a list of all posts, for the OpenAPI document.
const CURSOR_EXAMPLE: &str =
    "MjAyNi0xMS0yNVQyMTozNjo1NC4wMDBaIzZmOTYxOWZmLThiODYtNGQwMS1iNDJkLTAwY2Y0ZmM5NjRmZg";

/// The query parameters `before` and `limit`. All others are ignored.
pub struct PageQuery {
    before: Option<String>,
    /// The maximum number of posts on the page.
    pub limit: PageSize,
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
        Self { before: None, limit: PageSize::default() }
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
        let limit = query.limit.map_or(Ok(PageSize::default()), |limit| PageSize::parse(&limit))?;
        Ok(Self { before: query.before, limit })
    }
}

impl DescribeRequest for PageQuery {
    fn describe(operation: &mut Operation<'_>) {
        let cursor = json!({ "type": "string", "examples": [CURSOR_EXAMPLE] });
        operation.query_parameter(
            "before",
            "The cursor of the page: the `next` of the page before it.",
            cursor,
        );
        let description = "The maximum number of posts on the page. An export ignores it.";
        operation.query_parameter("limit", description, PageSize::schema());
        operation.problems([ProblemType::Malformed, ProblemType::Invalid]);
    }
}
