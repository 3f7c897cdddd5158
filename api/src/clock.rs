//! The clock. All code reads the time from it, so that tests can advance the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// The system clock, plus the seconds by which a test has advanced it. Clones share these seconds.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_seconds: Arc<AtomicI64>,
}

impl Clock {
    /// Returns the current time.
    pub fn now(&self) -> Timestamp {
        let offset = SignedDuration::from_secs(self.offset_seconds.load(Ordering::Relaxed));
        Timestamp::now().saturating_add(offset).unwrap_or(Timestamp::MAX)
    }

    /// Advances this clock and all its clones, by whole seconds.
    pub fn advance(&self, duration: SignedDuration) {
        self.offset_seconds.fetch_add(duration.as_secs(), Ordering::Relaxed);
    }
}
