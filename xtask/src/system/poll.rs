//! Waits for a condition, with a deadline.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

/// How often a condition is checked, and for how long.
#[derive(Clone, Copy)]
pub(crate) struct Poll {
    pub(crate) interval: Duration,
    pub(crate) timeout: Duration,
}

impl Poll {
    /// Calls `check` at once and then at each interval, until it returns a value. Returns `None` after the timeout.
    /// `check` is always called at least once.
    ///
    /// # Errors
    /// The first error of `check`.
    pub(crate) fn until<T>(self, mut check: impl FnMut() -> Result<Option<T>>) -> Result<Option<T>> {
        let deadline = Instant::now() + self.timeout;
        loop {
            if let Some(value) = check()? {
                return Ok(Some(value));
            }
            if Instant::now() >= deadline {
                return Ok(None);
            }
            thread::sleep(self.interval);
        }
    }

    /// Waits until a condition is true. Returns whether it became true before the timeout.
    pub(crate) fn until_true(self, mut condition: impl FnMut() -> bool) -> bool {
        self.until(|| Ok(condition().then_some(()))).is_ok_and(|met| met.is_some())
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    const POLL: Poll = Poll { interval: Duration::from_millis(1), timeout: Duration::from_millis(20) };

    #[test]
    fn polling_ends_at_a_value_an_error_or_the_timeout() {
        let mut calls = 0;
        let third = POLL.until(|| {
            calls += 1;
            Ok((calls == 3).then_some(calls))
        });
        assert_eq!(third.expect("no error"), Some(3));
        assert_eq!(POLL.until(|| Ok(None::<()>)).expect("no error"), None);
        assert!(POLL.until(|| -> Result<Option<()>> { bail!("broken") }).is_err());
    }

    #[test]
    fn a_condition_is_checked_even_without_time() {
        let poll = Poll { timeout: Duration::ZERO, ..POLL };
        assert!(poll.until_true(|| true));
        assert!(!poll.until_true(|| false));
    }
}
