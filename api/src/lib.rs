//! The Wishboard API. One router serves every entry point: the local HTTP server and API Gateway.
//!
//! Read it in this order: [`routes`] maps a request to a handler, [`auth`] identifies its caller, a feature ([`users`],
//! [`sessions`], [`messages`], [`wishes`]) does the work, and [`store`] keeps the data.

use std::sync::Arc;

use crate::auth::password_hash::PasswordHasher;
use crate::clock::Clock;
use crate::config::Config;
use crate::external::jwks_cache::JwksCache;
use crate::signing_keys::key_ring::KeyRing;
use crate::store::Store;

pub mod logging;
pub mod openapi;
pub mod routes;

pub mod lite;

pub mod health;
pub mod messages;
pub mod posts;
pub mod sessions;
pub mod users;
pub mod wishes;

pub mod auth;
pub mod external;

pub mod signing_keys;

pub mod store;

pub mod web;

#[cfg(feature = "aws")]
pub mod break_glass_role;
#[cfg(feature = "aws")]
pub mod lambda;
#[cfg(feature = "local")]
pub mod local;

pub mod clock;
pub mod config;
pub mod crypto;
pub mod rfc3339_millis;

/// The state that all handlers share. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The configuration of this process.
    pub config: Arc<Config>,
    /// The database.
    pub store: Store,
    /// The keys that sign and verify our access tokens.
    pub key_ring: KeyRing,
    /// The keys of the external identity provider, if one is configured.
    pub external_jwks: Option<Arc<JwksCache>>,
    /// Hashes and verifies passwords.
    pub password_hasher: PasswordHasher,
    /// The current time.
    pub clock: Clock,
}

impl AppState {
    /// Creates the state, with a key ring that signs tokens. Does not use the database.
    pub fn new(config: Config, store: Store, clock: Clock) -> Self {
        let key_ring = KeyRing::new(store.clone(), clock.clone());
        Self::with_key_ring(config, store, key_ring, clock)
    }

    /// Creates the state with this key ring.
    pub fn with_key_ring(config: Config, store: Store, key_ring: KeyRing, clock: Clock) -> Self {
        let external_issuer = config.external_issuer.clone();
        Self {
            external_jwks: external_issuer.map(|issuer| JwksCache::new(issuer, clock.clone())),
            config: Arc::new(config),
            store,
            key_ring,
            password_hasher: PasswordHasher::default(),
            clock,
        }
    }
}
