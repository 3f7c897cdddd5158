//! Points in time on the wire.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A point in time as RFC 3339 in UTC with milliseconds: `2026-11-25T21:36:54.000Z`. The text always has 24 characters,
/// so the order of the texts is the order of the times.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("format" = "date-time", "examples" = ["2026-11-25T21:36:54.000Z"])))]
pub struct Timestamp(String);

impl Timestamp {
    /// Returns the text, for example for the attribute `datetime` or for JavaScript's `Date`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Checks only the shape of the text, because the server writes all timestamps.
impl TryFrom<String> for Timestamp {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const SHAPE: &[u8; 24] = b"0000-00-00T00:00:00.000Z";
        let matches =
            |(byte, shape): (u8, &u8)| if *shape == b'0' { byte.is_ascii_digit() } else { byte == *shape };
        if text.len() == SHAPE.len() && text.bytes().zip(SHAPE).all(matches) {
            Ok(Self(text))
        } else {
            Err("not a time in RFC 3339 with milliseconds")
        }
    }
}

/// Truncates to milliseconds.
#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for Timestamp {
    fn from(time: jiff::Timestamp) -> Self {
        Self(format!("{time:.3}"))
    }
}
