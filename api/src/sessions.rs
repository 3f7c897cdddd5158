//! Sessions: login, logout, refresh of the access token, and the list of the caller's sessions.

pub mod list;
pub mod log_in;
pub mod log_out;
pub mod refresh;
