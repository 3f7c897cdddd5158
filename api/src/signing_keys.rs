//! The RSA keys that sign access tokens. The API generates, stores and rotates them itself, so there is no key to
//! configure or to deploy.
//!
//! The key ring has a current key, which signs, and a next key, which is already published. Old keys stay published
//! until the last token that they signed has expired. [`store::key_ring`](crate::store::key_ring) describes how the key
//! ring is stored.

mod generate;
pub mod key_ring;
pub mod rotation;
pub mod rotation_schedule;
mod snapshot;
pub mod well_known;
