//! What goes over the wire between the app and the API, and the rules it obeys.
//!
//! Both sides parse with the same code: the form in the browser before it sends, the server
//! before a handler sees anything. Only `serde` is needed, so all of it builds for wasm.

pub mod account;
pub mod board;
pub mod problem;
pub mod rule;
pub mod thing;
pub mod wishlist;
