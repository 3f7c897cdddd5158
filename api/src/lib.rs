//! The Wishboard API. One router serves every door: the local HTTP server and API Gateway.
//!
//! Read it in this order: a request enters by the [`router`], is somebody's by [`auth`], does its
//! work in a feature ([`account`], [`board`], [`wishlist`]), and rests in the [`store`].

use std::sync::Arc;

pub mod router;

pub mod lite;

pub mod account;
pub mod board;
pub mod post;
pub mod probe;
pub mod wishlist;

pub mod auth;
pub mod password;
pub mod rate_limit;
pub mod session;

pub mod token;

pub mod keys;

pub mod store;

#[cfg(feature = "aws")]
pub mod gateway;

#[cfg(feature = "local")]
pub mod demo;
#[cfg(feature = "local")]
pub mod embedded;
#[cfg(feature = "local")]
pub mod serve;
#[cfg(feature = "local")]
pub mod site;

pub mod canonical;
pub mod client_address;
pub mod clock;
pub mod config;
pub mod cors;
pub mod device;
pub mod error;
pub mod etag;
pub mod extract;
pub mod headers;
pub mod http_rules;
pub mod log;
pub mod page;
pub mod strict_json;
pub mod trusted_proxy;

/// What every handler can reach. Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// How this process was set up.
    pub config: Arc<config::Config>,
    /// The database.
    pub store: store::Store,
    /// What signs and checks our tokens.
    pub keys: Arc<keys::Keys>,
    /// What checks the tokens of the trusted issuer, if there is one.
    pub trusted: Option<Arc<keys::trusted::Trusted>>,
    /// What hashes and checks passwords.
    pub passwords: password::Passwords,
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
    ) -> error::Result<Self> {
        let keys = keys::Keys::open(store.clone(), clock.clone()).await?;
        Ok(Self::with_keys(config, store, keys, clock))
    }

    /// All that a request needs, with keys that were opened before.
    pub fn with_keys(
        config: config::Config,
        store: store::Store,
        keys: keys::Keys,
        clock: clock::Clock,
    ) -> Self {
        let trusted = config.trusted.clone().map(|it| keys::trusted::Trusted::new(it, clock.clone()));
        Self {
            trusted,
            config: Arc::new(config),
            store,
            keys: Arc::new(keys),
            passwords: password::Passwords::default(),
            clock,
        }
    }
}
