//! Who sends a request, and whether they may: sessions, access tokens, cookies, passwords and rate limits.

pub mod access_token;
pub mod authenticate;
pub mod caller;
pub mod client_address;
pub mod cookie;
pub mod known_device;
pub mod new_session;
pub mod password_hash;
pub mod rate_limit;
pub mod same_site;
pub mod session;
pub mod trusted_proxy;
pub mod user_agent;
