//! Builds the keys that several modules use. The documentation of [`crate::store`] contains the table of all keys.

use jiff::Timestamp;

use crate::rfc3339_millis;

/// Returns the key of a user. It is also the partition of the index `owner` that contains the user's items.
pub(super) fn user_pk(username: &str) -> String {
    format!("user#{username}")
}

/// Returns the key of a session.
pub(super) fn session_pk(sid: &str) -> String {
    format!("session#{sid}")
}

/// Returns the sort key of a session in the index `owner`. It begins with the generation, so that a query can leave out
/// the sessions that a higher generation has ended.
pub(super) fn session_sort_key(generation: u64, created_at: Timestamp, sid: &str) -> String {
    format!("{}{}#{sid}", session_sort_key_prefix(generation), rfc3339_millis::format(created_at))
}

/// Returns the common prefix of the sort keys of all sessions of one generation.
pub(super) fn session_sort_key_prefix(generation: u64) -> String {
    format!("session#g{generation}#")
}
