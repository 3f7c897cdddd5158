//! Waiting with a deadline, and the windows of rate limits.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

/// Maximum time to wait for a condition, on a slow machine under load: 60 seconds.
const WAIT_TIMEOUT: Duration = Duration::from_secs(60);

/// Time between two checks of a condition: 10 milliseconds.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// Length of the longest window of a rate limit: 1 hour. At each multiple of it, a window of every rate limit begins.
pub const LONGEST_WINDOW: SignedDuration = SignedDuration::from_hours(1);

/// Length of a window of the login limits: 15 minutes.
const LOGIN_WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// Waits until the condition holds. Fails the test after [`WAIT_TIMEOUT`].
pub async fn wait_until(condition: &str, mut holds: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + WAIT_TIMEOUT;
    while !holds().await {
        assert!(Instant::now() < deadline, "not within {WAIT_TIMEOUT:?}: {condition}");
        tokio::time::sleep(POLL_INTERVAL).await;
    }
}

/// Runs login attempts against a process whose clock a test cannot advance. If a window of the login limits ends during
/// the attempts, runs all of them again, so they must start with an empty database.
pub async fn within_one_login_window<T>(attempts: impl AsyncFn() -> T) -> T {
    let window = || Timestamp::now().as_second() / LOGIN_WINDOW.as_secs();
    for _ in 0..2 {
        let begun = window();
        let result = attempts().await;
        if window() == begun {
            return result;
        }
    }
    panic!("the attempts took longer than a window of the login limits");
}
