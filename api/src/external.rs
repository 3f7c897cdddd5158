//! The external identity provider: its keys, its access tokens, and its users.

mod jwk;
pub mod jwks_cache;
pub(crate) mod login;
mod oidc_client;
pub mod token;
