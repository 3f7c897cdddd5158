//! The keys of the trusted issuer: fetched when first needed, kept, and fetched again when they may
//! have changed.
//!
//! Whoever needs a key that is not there waits for one fetch that all share, and no longer than
//! [`PATIENCE`]; then the answer is 503. Nobody else waits for the issuer, ever: our own tokens
//! don't come by here, and a key that is known is used at once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::DecodingKey;
use tokio::sync::{Mutex, watch};

use crate::clock::Clock;
use crate::config::TrustedIssuer;
use crate::external::oidc_client;
use crate::web::error::{Cause, Chain, Error, Result};

/// How long a fetch may take in all.
const PATIENCE: Duration = Duration::from_secs(3);

/// Keys older than this are fetched again while they are still used,
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// and this long after they were fetched they count no more, should the issuer not answer: what it
/// took back, because it leaked perhaps, must not be believed for good.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// As long as there are keys, the issuer is asked at most this often, whatever tokens name.
const PAUSE: SignedDuration = SignedDuration::from_secs(60);

/// As long as there are none, at most this often.
const RETRY: SignedDuration = SignedDuration::from_secs(5);

/// An issuer whose tokens are accepted, and its keys as this process last saw them.
pub struct Trusted {
    /// What was set.
    pub config: TrustedIssuer,
    clock: Clock,
    known: watch::Sender<Known>,
    turn: Mutex<()>,
}

/// What came of the fetches so far.
#[derive(Clone, Default)]
struct Known {
    keys: Arc<BTreeMap<String, DecodingKey>>,
    /// When these keys were fetched.
    fetched_at: Option<Timestamp>,
    /// When the last fetch ended, well or not.
    tried_at: Option<Timestamp>,
    /// When the last fetch ended that was for a `kid` that is not among the keys.
    searched_at: Option<Timestamp>,
    failed: bool,
    fetches: u64,
}

/// Why the keys are fetched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    NoKeys,
    OldKeys,
    UnknownKey,
}

impl Trusted {
    /// This issuer, which is not asked for anything before a token claims to be of it.
    pub fn new(config: TrustedIssuer, clock: Clock) -> Arc<Self> {
        let (known, _) = watch::channel(Known::default());
        Arc::new(Self { config, clock, known, turn: Mutex::new(()) })
    }

    /// What checks the tokens of this `kid`, if it is one of the issuer's.
    ///
    /// # Errors
    /// `IssuerSilent` where only the issuer could tell, and does not.
    pub async fn verifier(self: &Arc<Self>, kid: &str) -> Result<Option<DecodingKey>> {
        let known = self.known.borrow().clone();
        let now = self.clock.now();
        let is_within =
            |time: Option<Timestamp>, span| time.is_some_and(|time| now.duration_since(time) < span);
        if !is_within(known.fetched_at, KEPT) {
            if known.failed && is_within(known.tried_at, RETRY) {
                return Err(Error::IssuerSilent);
            }
            return self.fetched(&known, Why::NoKeys, kid).await;
        }
        if let Some(key) = known.keys.get(kid) {
            if !is_within(known.fetched_at, FRESH) && !is_within(known.tried_at, PAUSE) {
                tokio::spawn(self.clone().fetch(known.fetches, Why::OldKeys));
            }
            return Ok(Some(key.clone()));
        }
        match is_within(known.searched_at, PAUSE) {
            true if known.failed => Err(Error::IssuerSilent),
            true => Ok(None),
            false => self.fetched(&known, Why::UnknownKey, kid).await,
        }
    }

    /// The key, once the fetch has ended that is under way, or begins now.
    async fn fetched(self: &Arc<Self>, known: &Known, why: Why, kid: &str) -> Result<Option<DecodingKey>> {
        // A task of its own: a client that leaves must not end what others wait for.
        let fetch = tokio::spawn(self.clone().fetch(known.fetches, why));
        fetch.await.map_err(|panicked| Error::Internal(panicked.into()))?;
        let known = self.known.borrow();
        if known.failed { Err(Error::IssuerSilent) } else { Ok(known.keys.get(kid).cloned()) }
    }

    /// Fetches the keys, unless somebody has since so many fetches.
    async fn fetch(self: Arc<Self>, fetches: u64, why: Why) {
        let _turn = self.turn.lock().await;
        if self.known.borrow().fetches != fetches {
            return;
        }
        let late = |_| Err(Cause::from("the time is up"));
        let fetch = tokio::time::timeout(PATIENCE, oidc_client::keys_of(&self.config.issuer));
        let fetched = fetch.await.unwrap_or_else(late);
        let now = Some(self.clock.now());
        self.known.send_modify(|known| {
            known.fetches += 1;
            known.tried_at = now;
            if why == Why::UnknownKey {
                known.searched_at = now;
            }
            known.failed = fetched.is_err();
            match fetched {
                Ok(keys) => (known.keys, known.fetched_at) = (Arc::new(keys), now),
                Err(cause) => {
                    tracing::warn!(cause = %Chain(&*cause), "the trusted issuer does not show its keys");
                }
            }
        });
    }
}
