//! HTTP details that all features share: extractors, pagination, errors, headers and logs.

pub mod canonical;
pub mod cors;
pub mod error;
pub mod etag;
pub mod extract;
pub mod headers;
pub mod http_rules;
pub mod log;
pub mod pagination;
pub mod strict_json;
