//! Rate limits: how often something may be attempted.
//!
//! The counters are in the table, so a limit holds across processes and restarts. A limit counts in
//! fixed windows, which end at the same moment for all subjects. An attempt is counted by a
//! conditional write before it is made, so parallel attempts never exceed the limit. If its outcome
//! does not count, it is refunded afterwards. Each counter expires with its window: no lock is
//! permanent, and an attempt whose process crashed is forgotten then.

pub mod password;

use jiff::SignedDuration;
use tracing::Instrument;

use crate::AppState;
use crate::auth::client_address::ClientAddress;
use crate::crypto::sha256_base64url;
use crate::store::Store;
use crate::store::rate_limits::{Count, Counted, Counter};
use crate::web::error::{Error, Result};

/// A rate limit: at most `max_attempts` within a `window`, for each subject.
struct RateLimit {
    /// Part of the counters' keys, so it must never change.
    name: &'static str,
    max_attempts: u32,
    window: SignedDuration,
}

/// New accounts from one address, including attempts that chose a taken username.
const SIGN_UPS_PER_ADDRESS: RateLimit =
    RateLimit { name: "signup-address", max_attempts: 200, window: SignedDuration::from_hours(1) };

/// New posts (messages and wishes together) by one user.
const POSTS_PER_USER: RateLimit =
    RateLimit { name: "post-user", max_attempts: 30, window: SignedDuration::from_mins(5) };

/// Edits by one user, of posts and of the profile.
const EDITS_PER_USER: RateLimit =
    RateLimit { name: "edit-user", max_attempts: 120, window: SignedDuration::from_mins(5) };

/// `Retry-After` in seconds if the counter is full but contains pending attempts, which may be refunded.
const PENDING_RETRY_AFTER: i64 = 1;

/// Counts an attempt to sign up.
///
/// # Errors
/// `TooManyTries`, with the seconds to wait.
pub async fn sign_up(state: &AppState, address: ClientAddress) -> Result<Attempt> {
    begin(state, &SIGN_UPS_PER_ADDRESS, &address.to_string()).await
}

/// Counts a new post of this user.
///
/// # Errors
/// `TooManyTries`, with the seconds to wait.
pub async fn post(state: &AppState, username: &str) -> Result<Attempt> {
    begin(state, &POSTS_PER_USER, username).await
}

/// Counts an edit by this user. Edits are never refunded: a failed one costs as much.
///
/// # Errors
/// `TooManyTries`, with the seconds to wait.
pub async fn edit(state: &AppState, username: &str) -> Result<()> {
    begin(state, &EDITS_PER_USER, username).await.map(drop)
}

async fn begin(state: &AppState, limit: &RateLimit, subject: &str) -> Result<Attempt> {
    let counter = limit.counter(state, subject);
    Attempt::begin(state, &counter, false).await?.map_err(|count| refusal(state, &counter, count))
}

/// Runs work that contains an attempt in a task of its own. The task finishes even if the client
/// disconnects, which drops the request's future: the attempt is settled in any case.
///
/// # Errors
/// Those of the work; `Internal` if it panics.
pub async fn run_to_end<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    let task = tokio::spawn(work.in_current_span());
    task.await.map_err(|panicked| Error::Internal(panicked.into()))?
}

impl RateLimit {
    /// The counter for this subject in the current window.
    fn counter(&self, state: &AppState, subject: &str) -> Counter {
        let window = self.window.as_secs();
        let window_end = (state.clock.now().as_second() / window + 1) * window;
        let hash = sha256_base64url(format!("{window_end} {subject}"));
        Counter {
            id: format!("{}#{hash}", self.name),
            max_hits: self.max_attempts.saturating_mul(state.config.limit_factor),
            window_end,
        }
    }
}

/// The error for an attempt that a full counter has refused.
fn refusal(state: &AppState, counter: &Counter, count: Count) -> Error {
    let seconds = match count.has_pending() {
        true => PENDING_RETRY_AFTER,
        false => (counter.window_end - state.clock.now().as_second()).max(1),
    };
    Error::TooManyTries { seconds }
}

/// An attempt that one counter has counted.
pub struct Attempt {
    store: Store,
    counter: Counter,
    is_pending: bool,
}

impl Attempt {
    /// Counts an attempt. Returns the count instead if the counter is full.
    async fn begin(state: &AppState, counter: &Counter, is_pending: bool) -> Result<Result<Self, Count>> {
        Ok(match state.store.count_up(counter, is_pending).await? {
            Counted::Yes => Ok(Self { store: state.store.clone(), counter: counter.clone(), is_pending }),
            Counted::Full(count) => Err(count),
        })
    }

    /// Takes the attempt back: it does not count.
    pub async fn refund(self) {
        self.adjust(-1).await;
    }

    /// Ends a pending attempt, which then counts or is refunded.
    async fn settle(self, counts: bool) {
        self.adjust(if counts { 0 } else { -1 }).await;
    }

    /// Only logs a failure: the outcome of the attempt itself matters more. The window's end settles
    /// the attempt then.
    async fn adjust(self, hits: i32) {
        let pending = if self.is_pending { -1 } else { 0 };
        if let Err(error) = self.store.adjust(&self.counter, hits, pending).await {
            tracing::warn!(error = %error.chain(), "an attempt was not settled");
        }
    }
}
