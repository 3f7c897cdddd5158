//! What goes over the wire between the app and the API, and the rules it obeys.
//!
//! Both sides parse with the same code: the form in the browser before it sends, the server
//! before a handler sees anything. All of it builds for wasm and stays small there.

pub mod account;
pub mod board;
pub mod problem;
pub mod rule;
pub mod thing;
mod unicode;
pub mod wishlist;
