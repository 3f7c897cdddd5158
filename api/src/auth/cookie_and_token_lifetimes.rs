//! How long access tokens, sessions and known devices last.

use jiff::SignedDuration;

/// Lifetime of an access token: 10 minutes.
pub const ACCESS_TOKEN_LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// A session ends after 30 days without use.
pub(super) const SESSION_IDLE_TIMEOUT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A session ends 90 days after the login, even if it is used.
pub(super) const SESSION_ABSOLUTE_LIFETIME: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How long a device stays known after its last login: 400 days, the maximum lifetime of a cookie in browsers.
pub(super) const KNOWN_DEVICE_LIFETIME: SignedDuration = SignedDuration::from_hours(400 * 24);
