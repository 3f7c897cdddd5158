//! Sessions: who is logged in, how a login starts and ends, and the requests that need one.
//!
//! `state` is what the rest of the app uses. It holds the credentials in signals and web storage, and
//! `cross_tab` keeps them the same in all tabs.

pub mod credentials;
pub mod cross_tab;
pub mod interceptor;
pub mod list;
pub mod log_in;
pub mod log_in_again;
pub mod log_out;
pub mod state;

mod auth_requests;
mod broadcast;
