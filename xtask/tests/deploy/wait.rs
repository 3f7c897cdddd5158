//! Waits for a condition, with a deadline.

use std::thread::sleep;
use std::time::{Duration, Instant};

/// An operation on the emulator takes seconds on an idle machine, and longer on a busy one.
const TIMEOUT: Duration = Duration::from_secs(120);
const INTERVAL: Duration = Duration::from_millis(100);

/// Calls a function until it returns a value. Panics after two minutes.
#[track_caller]
pub fn wait_for<T>(mut check: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + TIMEOUT;
    loop {
        if let Some(value) = check() {
            return value;
        }
        assert!(Instant::now() < deadline, "timeout");
        sleep(INTERVAL);
    }
}
