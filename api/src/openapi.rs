//! The description of the API: as an OpenAPI document for tools, and as a page for developers.

pub mod docs_page;
pub mod document;
mod examples;
mod links;
