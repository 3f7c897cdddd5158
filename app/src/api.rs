//! The HTTP client: builds requests, sends them with a timeout, and reads responses. It does not know the session.
//! `sessions::interceptor` adds the access token and refreshes it.

pub mod access_token;
pub mod client;
pub mod early_fetch;
pub mod error;
pub mod json;
pub mod request;
pub mod request_timeout;
pub mod response;

pub use error::Error;
pub use request::Request;
