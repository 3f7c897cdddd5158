//! The wire types that the app and the API share, and their validation.
//!
//! The app validates input before it sends a request, and the API before it runs a handler. Both use this code. It must
//! stay small, because the app compiles it to wasm.

pub mod common_texts;
pub mod messages;
pub mod posts;
pub mod problem;
pub mod sessions;
pub mod timestamp;
mod unicode;
pub mod users;
pub mod validation;
pub mod wishes;
