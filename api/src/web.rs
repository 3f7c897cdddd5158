//! HTTP details that all features share: extractors, pagination, compression, errors, headers and logs.

pub mod canonical_id;
pub mod compression;
pub mod conditional_get;
pub mod cors;
pub mod deadline;
pub mod error;
pub mod extract;
pub mod headers;
pub mod http1_validation;
pub mod idempotency_key;
pub mod if_match;
pub mod log;
pub mod pagination;
pub mod strict_json;
