//! The descriptions of the API, as the routes return them.

use serde_json::Value;

use super::docs_page;

/// The descriptions of the API.
pub struct ApiDescription {
    /// The OpenAPI document, as JSON.
    pub json: String,
    /// The page, as HTML.
    pub html: String,
}

impl ApiDescription {
    /// Returns the descriptions for this OpenAPI document.
    pub fn new(document: &Value) -> Self {
        Self { json: document.to_string(), html: docs_page::render(document).into_string() }
    }
}
