//! Sessions: the logged-in user, login and logout, and the requests that need an access token.
//!
//! The rest of the app uses `state`, which has the credentials in signals and persists them. `cross_tab` synchronizes
//! them between all tabs.

pub mod credentials;
pub mod cross_tab;
pub mod guest_links;
pub mod interceptor;
pub mod list;
pub mod log_in;
pub mod log_in_again;
pub mod log_out;
pub mod state;

mod auth_requests;
mod broadcast_channel;
