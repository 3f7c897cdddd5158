//! HTTP details that all features share: bodies, pagination, compression, errors, headers and logs.

pub mod canonical_id;
pub mod compression;
pub mod conditional_get;
pub mod content_security_policy;
pub mod cors;
pub mod created;
pub mod deadline;
pub mod describe;
pub mod error;
pub mod form;
pub mod headers;
pub mod http1_validation;
pub mod idempotency_key;
pub mod if_match;
pub mod json;
pub mod operation;
pub mod page_size;
pub mod pagination;
pub mod path;
pub mod request_body;
pub mod strict_json;
