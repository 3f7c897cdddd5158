//! Sessions: logging in and out, refreshing the access token, and the list of a user's sessions.

pub mod list;
pub mod log_in;
pub mod log_out;
pub mod refresh;
