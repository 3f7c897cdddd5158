//! The keys of the trusted issuer: fetched when first needed, kept, and fetched again when they may
//! have changed.
//!
//! Whoever needs a key that is not there waits for one fetch that all share, and no longer than
//! [`FETCH_TIMEOUT`]; then the answer is 503. Nobody else waits for the issuer, ever: our own tokens
//! don't come by here, and a key that is known is used at once.

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

/// How long a fetch may take in all.
const FETCH_TIMEOUT: Duration = Duration::from_secs(3);

/// Keys older than this are fetched again while they are still used,
const REFRESH_AGE: SignedDuration = SignedDuration::from_mins(10);

/// and this long after they were fetched they count no more, should the issuer not answer: what it
/// took back, because it leaked perhaps, must not be believed for good.
const MAX_KEYS_AGE: SignedDuration = SignedDuration::from_hours(1);

/// As long as there are keys, the issuer is asked at most this often, whatever tokens name.
const REFETCH_INTERVAL: SignedDuration = SignedDuration::from_secs(60);

/// As long as there are none, at most this often.
const RETRY_INTERVAL: SignedDuration = SignedDuration::from_secs(5);

/// An issuer whose tokens are accepted, and its keys as this process last saw them.
pub struct JwksCache {
    /// What was set.
    pub config: ExternalIssuer,
    clock: Clock,
    cached: watch::Sender<CachedKeys>,
    fetch_lock: Mutex<()>,
}

/// What came of the fetches so far.
#[derive(Clone, Default)]
struct CachedKeys {
    keys: Arc<BTreeMap<String, DecodingKey>>,
    /// When these keys were fetched.
    fetched_at: Option<Timestamp>,
    /// When the last fetch ended, well or not.
    attempted_at: Option<Timestamp>,
    /// When the last fetch ended that was for a `kid` that is not among the keys.
    searched_at: Option<Timestamp>,
    failed: bool,
    fetches: u64,
}

/// Why the keys are fetched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FetchReason {
    NoKeys,
    OldKeys,
    UnknownKey,
}

impl JwksCache {
    /// This issuer, which is not asked for anything before a token claims to be of it.
    pub fn new(config: ExternalIssuer, clock: Clock) -> Arc<Self> {
        let (cached, _) = watch::channel(CachedKeys::default());
        Arc::new(Self { config, clock, cached, fetch_lock: Mutex::new(()) })
    }

    /// What checks the tokens of this `kid`, if it is one of the issuer's.
    ///
    /// # Errors
    /// `IssuerUnavailable` where only the issuer could tell, and does not.
    pub async fn verifier(self: &Arc<Self>, kid: &str) -> Result<Option<DecodingKey>> {
        let cached = self.cached.borrow().clone();
        let now = self.clock.now();
        let is_within =
            |time: Option<Timestamp>, span| time.is_some_and(|time| now.duration_since(time) < span);
        if !is_within(cached.fetched_at, MAX_KEYS_AGE) {
            if cached.failed && is_within(cached.attempted_at, RETRY_INTERVAL) {
                return Err(Error::IssuerUnavailable);
            }
            return self.fetch_and_find(&cached, FetchReason::NoKeys, kid).await;
        }
        if let Some(key) = cached.keys.get(kid) {
            if !is_within(cached.fetched_at, REFRESH_AGE) && !is_within(cached.attempted_at, REFETCH_INTERVAL)
            {
                tokio::spawn(self.clone().fetch(cached.fetches, FetchReason::OldKeys));
            }
            return Ok(Some(key.clone()));
        }
        match is_within(cached.searched_at, REFETCH_INTERVAL) {
            true if cached.failed => Err(Error::IssuerUnavailable),
            true => Ok(None),
            false => self.fetch_and_find(&cached, FetchReason::UnknownKey, kid).await,
        }
    }

    /// The key, once the fetch has ended that is under way, or begins now.
    async fn fetch_and_find(
        self: &Arc<Self>,
        cached: &CachedKeys,
        reason: FetchReason,
        kid: &str,
    ) -> Result<Option<DecodingKey>> {
        // A task of its own: a client that leaves must not end what others wait for.
        let fetch = tokio::spawn(self.clone().fetch(cached.fetches, reason));
        fetch.await.map_err(|panicked| Error::Internal(panicked.into()))?;
        let cached = self.cached.borrow();
        if cached.failed { Err(Error::IssuerUnavailable) } else { Ok(cached.keys.get(kid).cloned()) }
    }

    /// Fetches the keys, unless somebody has since so many fetches.
    async fn fetch(self: Arc<Self>, fetches: u64, reason: FetchReason) {
        let _lock = self.fetch_lock.lock().await;
        if self.cached.borrow().fetches != fetches {
            return;
        }
        let timed_out = |_| Err(Cause::from("the time is up"));
        let fetch = tokio::time::timeout(FETCH_TIMEOUT, oidc_client::fetch_keys(&self.config.issuer));
        let fetch_and_find = fetch.await.unwrap_or_else(timed_out);
        let now = Some(self.clock.now());
        self.cached.send_modify(|cached| {
            cached.fetches += 1;
            cached.attempted_at = now;
            if reason == FetchReason::UnknownKey {
                cached.searched_at = now;
            }
            cached.failed = fetch_and_find.is_err();
            match fetch_and_find {
                Ok(keys) => (cached.keys, cached.fetched_at) = (Arc::new(keys), now),
                Err(cause) => {
                    tracing::warn!(cause = %Chain(&*cause), "the trusted issuer does not show its keys");
                }
            }
        });
    }
}
