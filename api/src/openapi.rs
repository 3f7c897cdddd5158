//! The description of the API: as an OpenAPI document for tools, and as a page for developers.

pub mod description;
mod docs_page;
pub mod document;
mod examples;
pub mod handlers;
mod links;
