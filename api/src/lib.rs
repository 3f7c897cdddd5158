//! The Wishboard API. One router serves every entry point: the local HTTP server and API Gateway.
//!
//! Read it in this order: [`routes`] maps a request to a handler, [`auth`] identifies its caller, a feature ([`users`],
//! [`sessions`], [`messages`], [`wishes`]) does the work, and [`store`] keeps the data.

use std::sync::Arc;

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
pub mod lambda;
#[cfg(feature = "local")]
pub mod local;

pub mod clock;
pub mod config;
pub mod crypto;

/// What every handler can reach. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// How this process was set up.
    pub config: Arc<config::Config>,
    /// The database.
    pub store: store::Store,
    /// What signs and checks our tokens.
    pub key_ring: Arc<signing_keys::key_ring::KeyRing>,
    /// What checks the tokens of the trusted issuer, if there is one.
    pub external: Option<Arc<external::jwks_cache::JwksCache>>,
    /// What hashes and checks passwords.
    pub passwords: auth::password_hash::PasswordHasher,
    /// What time it is.
    pub clock: clock::Clock,
}

impl AppState {
    /// Brings everything up that a request needs, the first key ring included.
    ///
    /// # Errors
    /// When the database doesn't answer, or no key can be made.
    pub async fn new(
        config: config::Config,
        store: store::Store,
        clock: clock::Clock,
    ) -> web::error::Result<Self> {
        let keys = signing_keys::key_ring::KeyRing::open(store.clone(), clock.clone()).await?;
        Ok(Self::with_keys(config, store, keys, clock))
    }

    /// All that a request needs, with keys that were opened before.
    pub fn with_keys(
        config: config::Config,
        store: store::Store,
        keys: signing_keys::key_ring::KeyRing,
        clock: clock::Clock,
    ) -> Self {
        let external =
            config.external_issuer.clone().map(|it| external::jwks_cache::JwksCache::new(it, clock.clone()));
        Self {
            external,
            config: Arc::new(config),
            store,
            key_ring: Arc::new(keys),
            passwords: auth::password_hash::PasswordHasher::default(),
            clock,
        }
    }
}
