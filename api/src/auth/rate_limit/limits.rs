//! All rate limits: their names, maxima and windows.

use jiff::SignedDuration;

use crate::AppState;
use crate::crypto::sha256_base64url;
use crate::store::rate_limits::Counter;

/// A rate limit: at most `max_attempts` within a `window`, for each subject.
pub(super) struct RateLimit {
    /// Part of the counters' keys. Changing it resets the counters of this limit.
    name: &'static str,
    max_attempts: u32,
    window: SignedDuration,
}

/// Sign-ups from one address, including those with a username that is taken.
pub(super) const SIGN_UPS_PER_ADDRESS: RateLimit =
    RateLimit { name: "signup-address", max_attempts: 200, window: SignedDuration::from_hours(1) };

/// New posts (messages and wishes together) by one user.
pub(super) const POSTS_PER_USER: RateLimit =
    RateLimit { name: "post-user", max_attempts: 30, window: SignedDuration::from_mins(5) };

/// Edits by one user, of posts and of the profile.
pub(super) const EDITS_PER_USER: RateLimit =
    RateLimit { name: "edit-user", max_attempts: 120, window: SignedDuration::from_mins(5) };

/// Wrong passwords for one username on unknown devices, whether or not a user has this username.
pub(super) const LOGINS_PER_ACCOUNT: RateLimit =
    RateLimit { name: "login-account", max_attempts: 10, window: SignedDuration::from_mins(15) };

/// Wrong passwords from one address, which many users may share, on unknown devices.
pub(super) const LOGINS_PER_ADDRESS: RateLimit =
    RateLimit { name: "login-address", max_attempts: 100, window: SignedDuration::from_mins(15) };

/// Wrong passwords for one user on one known device. When the limit is reached, the device counts as unknown.
pub(super) const LOGINS_PER_DEVICE: RateLimit =
    RateLimit { name: "login-device", max_attempts: 10, window: SignedDuration::from_mins(15) };

/// Wrong passwords that the user enters to confirm a change, in one session.
pub(super) const CONFIRMATIONS_PER_SESSION: RateLimit =
    RateLimit { name: "password-session", max_attempts: 10, window: SignedDuration::from_mins(15) };

impl RateLimit {
    /// Returns the counter for this subject in the current window.
    pub(super) fn counter(&self, state: &AppState, subject: &str) -> Counter {
        let window = self.window.as_secs();
        let window_end = (state.clock.now().as_second() / window + 1) * window;
        let hash = sha256_base64url(format!("{window_end} {subject}"));
        Counter {
            id: format!("{}#{hash}", self.name),
            max_attempts: self.max_attempts.saturating_mul(state.config.limit_factor),
            window_end,
        }
    }
}
