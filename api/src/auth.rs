//! Authentication and rate limits: access tokens, sessions, cookies, passwords, and the client of a request.

pub mod access_token;
pub mod authenticate;
pub mod caller;
pub mod client_address;
pub mod cookie;
pub mod cookie_and_token_lifetimes;
pub mod jwt;
pub mod known_device;
pub mod login_client;
pub mod new_session;
pub mod password_hash;
pub mod rate_limit;
pub mod same_site;
pub mod session;
pub mod trusted_proxy;
pub mod user_agent;
