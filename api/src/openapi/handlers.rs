//! The routes that return the descriptions of the API.

use std::sync::LazyLock;

use axum::Extension;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use serde_json::json;

use super::description::ApiDescription;
use crate::web::content_security_policy;
use crate::web::describe::DescribeResponse;
use crate::web::operation::Operation;

/// How long caches may keep the descriptions: 5 minutes.
const DESCRIPTION_CACHE_CONTROL: &str = "public, max-age=300";

/// The descriptions, which the router passes to the handlers.
pub type SharedDescription = Extension<&'static LazyLock<ApiDescription>>;

/// The OpenAPI document.
pub struct DocumentResponse(&'static str);

/// The page.
pub struct PageResponse(&'static str);

/// `GET /api/openapi.json`: returns the OpenAPI document.
pub async fn document(Extension(description): SharedDescription) -> DocumentResponse {
    DocumentResponse(&description.json)
}

/// `GET /api/docs`: returns the document as a page.
pub async fn page(Extension(description): SharedDescription) -> PageResponse {
    PageResponse(&description.html)
}

impl IntoResponse for DocumentResponse {
    fn into_response(self) -> Response {
        let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, DESCRIPTION_CACHE_CONTROL)];
        (headers, self.0).into_response()
    }
}

impl DescribeResponse for DocumentResponse {
    fn describe(operation: &mut Operation<'_>) {
        let schema = json!({ "type": "object", "description": "An OpenAPI 3.1 document." });
        operation.response_with_schema(200, "application/json", "The document.", schema);
    }
}

impl IntoResponse for PageResponse {
    fn into_response(self) -> Response {
        let headers = [
            (CONTENT_TYPE, "text/html; charset=utf-8"),
            (CONTENT_SECURITY_POLICY, content_security_policy::LITE_POLICY),
            (CACHE_CONTROL, DESCRIPTION_CACHE_CONTROL),
        ];
        (headers, self.0).into_response()
    }
}

impl DescribeResponse for PageResponse {
    fn describe(operation: &mut Operation<'_>) {
        operation.response_with_schema(200, "text/html", "The page.", json!({ "type": "string" }));
    }
}
