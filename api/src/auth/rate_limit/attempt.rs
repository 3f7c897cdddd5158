//! Counts one attempt under a rate limit, and settles or refunds it later.

use crate::AppState;
use crate::store::Store;
use crate::store::rate_limits::{AttemptCount, CountOutcome, Counter};
use crate::web::error::{Error, Result};

/// `Retry-After` in seconds if the counter is full but contains pending attempts, which may be refunded.
const PENDING_RETRY_AFTER_SECONDS: i64 = 1;

/// An attempt that one counter has counted.
pub struct Attempt {
    store: Store,
    counter: Counter,
    is_pending: bool,
}

impl Attempt {
    /// Counts an attempt. Returns the count instead if the counter is full.
    pub(super) async fn begin(
        state: &AppState,
        counter: &Counter,
        is_pending: bool,
    ) -> Result<Result<Self, AttemptCount>> {
        Ok(match state.store.count_attempt(counter, is_pending).await? {
            CountOutcome::Counted => {
                Ok(Self { store: state.store.clone(), counter: counter.clone(), is_pending })
            }
            CountOutcome::Full(count) => Err(count),
        })
    }

    /// Refunds the attempt, so that it no longer counts.
    pub async fn refund(self) {
        self.adjust(-1).await;
    }

    /// Ends a pending attempt, and refunds it unless it counts.
    pub(super) async fn settle(self, counts: bool) {
        self.adjust(if counts { 0 } else { -1 }).await;
    }

    /// Changes the counter. Only logs a failure, because the result of the attempt itself is more important. After a
    /// failure, the attempt counts until the window ends.
    async fn adjust(self, attempts: i32) {
        let pending = if self.is_pending { -1 } else { 0 };
        if let Err(error) = self.store.adjust_counter(&self.counter, attempts, pending).await {
            tracing::warn!(error = %error.chain(), "cannot adjust a rate limit counter after an attempt");
        }
    }
}

/// Returns the error for an attempt that a full counter has refused.
pub(super) fn refusal(state: &AppState, counter: &Counter, count: AttemptCount) -> Error {
    let seconds = match count.has_pending() {
        true => PENDING_RETRY_AFTER_SECONDS,
        false => (counter.window_end - state.clock.now().as_second()).max(1),
    };
    Error::TooManyAttempts { seconds }
}
