//! What time it is. The only reader of the clock, so that a test can move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// The system's clock, which a test may put forward.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// The time.
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
            .saturating_add(SignedDuration::from_secs(self.ahead.load(Ordering::Relaxed)))
            .unwrap_or(Timestamp::MAX)
    }

    /// Puts the clock forward, for every clone of it.
    pub fn advance(&self, by: SignedDuration) {
        self.ahead.fetch_add(by.as_secs(), Ordering::Relaxed);
    }
}

/// RFC 3339 in UTC with milliseconds: always 24 characters, so that texts sort as times do.
pub fn rfc3339(time: Timestamp) -> String {
    format!("{time:.3}")
}
