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

/// Stored times: RFC 3339 in UTC with milliseconds, always 24 characters, so texts sort by time. For
/// `#[serde(with = "rfc3339_millis")]`.
pub mod rfc3339_millis {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Formats a time.
    pub fn format(time: Timestamp) -> String {
        shared::timestamp::Timestamp::from(time).to_string()
    }

    pub(crate) fn serialize<S: Serializer>(time: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        format(*time).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }

    /// The same for a time that may be missing.
    pub(crate) mod option {
        use super::*;

        pub(crate) fn serialize<S: Serializer>(
            time: &Option<Timestamp>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            time.map(format).serialize(serializer)
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Timestamp>, D::Error> {
            super::deserialize(deserializer).map(Some)
        }
    }
}
