//! Fetches and caches the public keys of the external identity provider.
//!
//! The first token of the provider starts the first fetch. Requests that need an uncached key wait for the same fetch,
//! at most [`FETCH_TIMEOUT`], and get 503 if it fails. No other request waits for the provider: our own tokens do not
//! need it, and a cached key is used at once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::DecodingKey;
use tokio::sync::{Mutex, watch};

use crate::clock::Clock;
use crate::config::ExternalIssuer;
use crate::external::oidc_client;
use crate::web::error::{Cause, Chain, Error, Result};

/// Maximum duration of a fetch: 3 seconds, for the discovery document and the JWK Set together.
const FETCH_TIMEOUT: Duration = Duration::from_secs(3);

/// Minimum age at which the use of a cached key starts a new fetch in the background: 10 minutes.
const MIN_REFRESH_AGE: SignedDuration = SignedDuration::from_mins(10);

/// Maximum age of cached keys: 1 hour. If the provider does not respond for longer, its tokens are rejected with 503,
/// because the provider may have revoked a leaked key.
const MAX_KEYS_AGE: SignedDuration = SignedDuration::from_hours(1);

/// Minimum time between two fetches for an unknown `kid`, and between any fetch and a refresh: 1 minute. Forged tokens
/// cannot cause more fetches.
const MIN_FETCH_INTERVAL: SignedDuration = SignedDuration::from_secs(60);

/// Minimum time between a failed fetch and the next one while no usable keys are cached: 5 seconds.
const RETRY_INTERVAL: SignedDuration = SignedDuration::from_secs(5);

/// The cached keys of the external identity provider.
pub struct JwksCache {
    /// The configuration of the provider.
    pub config: ExternalIssuer,
    clock: Clock,
    cached: watch::Sender<CachedKeys>,
    fetch_lock: Mutex<()>,
}

/// The keys, and the results of the fetches so far.
#[derive(Clone, Default)]
struct CachedKeys {
    keys: Arc<BTreeMap<String, DecodingKey>>,
    /// When these keys were fetched.
    fetched_at: Option<Timestamp>,
    /// When the last fetch ended, successful or not.
    attempted_at: Option<Timestamp>,
    /// When the last fetch for an unknown `kid` ended, successful or not.
    unknown_kid_attempted_at: Option<Timestamp>,
    has_last_fetch_failed: bool,
    fetch_count: u64,
}

/// The reason for a fetch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FetchReason {
    NoKeys,
    OldKeys,
    UnknownKid,
}

impl JwksCache {
    /// Creates an empty cache. Does not contact the provider.
    pub fn new(config: ExternalIssuer, clock: Clock) -> Arc<Self> {
        let (cached, _) = watch::channel(CachedKeys::default());
        Arc::new(Self { config, clock, cached, fetch_lock: Mutex::new(()) })
    }

    /// Returns the key that verifies tokens with this `kid`, or `None` if the provider does not publish it.
    ///
    /// # Errors
    /// `IssuerUnavailable` if the key is not cached and the provider does not respond.
    pub async fn verifier(self: &Arc<Self>, kid: &str) -> Result<Option<DecodingKey>> {
        let cached = self.cached.borrow().clone();
        let now = self.clock.now();
        let is_within =
            |time: Option<Timestamp>, span| time.is_some_and(|time| now.duration_since(time) < span);
        if !is_within(cached.fetched_at, MAX_KEYS_AGE) {
            if cached.has_last_fetch_failed && is_within(cached.attempted_at, RETRY_INTERVAL) {
                return Err(Error::IssuerUnavailable);
            }
            return self.fetch_and_find(&cached, FetchReason::NoKeys, kid).await;
        }
        if let Some(key) = cached.keys.get(kid) {
            let is_refresh_due = !is_within(cached.fetched_at, MIN_REFRESH_AGE)
                && !is_within(cached.attempted_at, MIN_FETCH_INTERVAL);
            if is_refresh_due {
                tokio::spawn(self.clone().fetch(cached.fetch_count, FetchReason::OldKeys));
            }
            return Ok(Some(key.clone()));
        }
        match is_within(cached.unknown_kid_attempted_at, MIN_FETCH_INTERVAL) {
            true if cached.has_last_fetch_failed => Err(Error::IssuerUnavailable),
            true => Ok(None),
            false => self.fetch_and_find(&cached, FetchReason::UnknownKid, kid).await,
        }
    }

    /// Waits for the current fetch, or starts one, and returns the key from its result.
    async fn fetch_and_find(
        self: &Arc<Self>,
        cached: &CachedKeys,
        reason: FetchReason,
        kid: &str,
    ) -> Result<Option<DecodingKey>> {
        // Runs in its own task: other requests wait for this fetch, so it must continue even if this client
        // disconnects.
        let fetch = tokio::spawn(self.clone().fetch(cached.fetch_count, reason));
        fetch.await.map_err(Error::internal)?;
        let cached = self.cached.borrow();
        match cached.has_last_fetch_failed {
            true => Err(Error::IssuerUnavailable),
            false => Ok(cached.keys.get(kid).cloned()),
        }
    }

    /// Fetches the keys, unless another task has completed a fetch since `fetch_count`.
    async fn fetch(self: Arc<Self>, fetch_count: u64, reason: FetchReason) {
        let _guard = self.fetch_lock.lock().await;
        if self.cached.borrow().fetch_count != fetch_count {
            return;
        }
        let fetch = tokio::time::timeout(FETCH_TIMEOUT, oidc_client::fetch_keys(&self.config.issuer));
        let timed_out = format!("no response within {} seconds", FETCH_TIMEOUT.as_secs());
        let result = fetch.await.unwrap_or_else(|_| Err(Cause::from(timed_out)));
        let now = Some(self.clock.now());
        self.cached.send_modify(|cached| {
            cached.fetch_count += 1;
            cached.attempted_at = now;
            if reason == FetchReason::UnknownKid {
                cached.unknown_kid_attempted_at = now;
            }
            cached.has_last_fetch_failed = result.is_err();
            match result {
                Ok(keys) => (cached.keys, cached.fetched_at) = (Arc::new(keys), now),
                Err(cause) => tracing::warn!(
                    cause = %Chain(&*cause),
                    "cannot fetch the keys of the external identity provider"
                ),
            }
        });
    }
}
