//! The wire types that the app and the API share, and their validation.
//!
//! Both sides parse with the same code: the app before it sends, the API before a handler runs. The code stays small
//! when it is compiled to wasm.

pub mod english_texts;
pub mod export;
pub mod messages;
pub mod posts;
pub mod problem;
pub mod sessions;
pub mod timestamp;
mod unicode;
pub mod users;
pub mod validation;
pub mod wishes;
