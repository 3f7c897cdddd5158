//! The schedule of the signing keys: the state of each key, and the change of the key ring that is due.

use jiff::{SignedDuration, Timestamp};

use crate::store::key_ring::{PublicKey, PublicKeyRing};

/// How long a key signs: 30 days.
const SIGNING_PERIOD: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Minimum time for which a key is published before a scheduled rotation makes it the current key: 24 hours.
///
/// Verifiers cache the JWK Set. API Gateway caches it for two hours ("Control access to HTTP APIs with JWT
/// authorizers", Amazon API Gateway Developer Guide).
const MIN_PUBLICATION_PERIOD: SignedDuration = SignedDuration::from_hours(24);

/// How long a key still verifies tokens after it has stopped signing: 15 minutes. This covers the lifetime of its last
/// token (10 minutes), the time for which other processes may still sign with an old snapshot (1 minute), and a margin.
const RETIREMENT_PERIOD: SignedDuration = SignedDuration::from_mins(15);

/// A change of the key ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyRingChange {
    /// Makes the next key the current one, and creates a new next key.
    Promote,
    /// Removes expired keys.
    RemoveExpired,
    /// Replaces all keys at once. Tokens that the old keys signed become invalid.
    ReplaceAll,
}

/// The state of a key in the key ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// Signs new tokens.
    Current,
    /// Is published, and becomes the current key at the next rotation.
    Next,
    /// No longer signs, but still verifies its last tokens.
    Retired,
    /// Neither signs nor verifies.
    Expired,
}

/// Returns the state of a key at `now`.
pub fn key_state(key_ring: &PublicKeyRing, kid: &str, now: Timestamp) -> KeyState {
    if kid == key_ring.current {
        return KeyState::Current;
    }
    if kid == key_ring.next {
        return KeyState::Next;
    }
    let retired_at = key_ring.keys.get(kid).and_then(|key| key.retired_at);
    match retired_at {
        Some(retired_at) if now.duration_since(retired_at) < RETIREMENT_PERIOD => KeyState::Retired,
        _ => KeyState::Expired,
    }
}

/// Returns when a key started to sign. For a key that has never signed, returns when it was published.
pub fn signing_since(key: &PublicKey) -> Timestamp {
    key.signs_from.unwrap_or(key.published_at)
}

/// Returns the change that the schedule requires at `now`, if any.
pub(super) fn due_change(key_ring: &PublicKeyRing, now: Timestamp) -> Option<KeyRingChange> {
    let has_passed = |kid: &str, period, start: fn(&PublicKey) -> Timestamp| {
        key_ring.keys.get(kid).is_some_and(|key| now.duration_since(start(key)) >= period)
    };
    if has_passed(&key_ring.current, SIGNING_PERIOD, signing_since)
        && has_passed(&key_ring.next, MIN_PUBLICATION_PERIOD, |key| key.published_at)
    {
        return Some(KeyRingChange::Promote);
    }
    let has_expired_key = key_ring.keys.keys().any(|kid| key_state(key_ring, kid, now) == KeyState::Expired);
    has_expired_key.then_some(KeyRingChange::RemoveExpired)
}
