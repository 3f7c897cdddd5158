//! Canonical forms: an identifier is accepted only in the form in which the API writes it.
//!
//! Otherwise two different URLs could name the same resource (RFC 9110, section 3.1), and a cache, a log or a firewall
//! rule could treat them differently.

use jiff::Timestamp;
use shared::users::Username;
use uuid::Uuid;

use crate::rfc3339_millis;

/// A value that has a canonical form.
pub trait Canonical: Sized {
    /// An example of the canonical form, for the OpenAPI document.
    const EXAMPLE: &'static str;

    /// Parses the canonical form. Returns `None` for every other text.
    fn parse_canonical(text: &str) -> Option<Self>;
}

/// 36 characters in lower case (RFC 9562, section 4).
impl Canonical for Uuid {
    const EXAMPLE: &'static str = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";

    fn parse_canonical(text: &str) -> Option<Self> {
        let uuid = Self::try_parse(text).ok()?;
        (uuid.hyphenated().encode_lower(&mut Self::encode_buffer()) == text).then_some(uuid)
    }
}

/// Lower case, without white space around it.
impl Canonical for Username {
    const EXAMPLE: &'static str = "mira";

    fn parse_canonical(text: &str) -> Option<Self> {
        Self::parse(text).ok().filter(|username| username.as_str() == text)
    }
}

/// The format of [`rfc3339_millis`]: 24 characters, in UTC with milliseconds.
impl Canonical for Timestamp {
    const EXAMPLE: &'static str = "2026-11-25T21:36:54.000Z";

    fn parse_canonical(text: &str) -> Option<Self> {
        text.parse().ok().filter(|time| text.len() == 24 && rfc3339_millis::format(*time) == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asserts that only the first text is accepted.
    fn assert_only_first_is_canonical<T: Canonical>(texts: &[&str]) {
        for (index, text) in texts.iter().enumerate() {
            assert_eq!(T::parse_canonical(text).is_some(), index == 0, "{text}");
        }
    }

    #[test]
    fn a_uuid_has_one_canonical_form() {
        assert_only_first_is_canonical::<Uuid>(&[
            "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
            "6F9619FF-8B86-4D01-B42D-00CF4FC964FF",
            "6f9619ff-8b86-4d01-b42d-00cf4fc964fF",
            "{6f9619ff-8b86-4d01-b42d-00cf4fc964ff}",
            "urn:uuid:6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
            "6f9619ff8b864d01b42d00cf4fc964ff",
            " 6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
            "6f9619ff-8b86-4d01-b42d-00cf4fc964ff\n",
        ]);
    }

    #[test]
    fn a_username_has_one_canonical_form() {
        assert_only_first_is_canonical::<Username>(&[
            "ann_b-2",
            "Ann_b-2",
            "ANN_B-2",
            " ann_b-2",
            "ann_b-2\t",
        ]);
    }

    #[test]
    fn a_time_has_one_canonical_form() {
        assert_only_first_is_canonical::<Timestamp>(&[
            "2026-01-02T03:04:05.678Z",
            "2026-01-02t03:04:05.678z",
            "2026-01-02 03:04:05.678Z",
            "2026-01-02T03:04:05.6789Z",
            "20260102T03:04:05.678000Z",
            "2026-01-02T03:04:05,678Z",
            "2026-01-02T03:04:05.678+00:00",
            "2026-01-02T03:04+00:00:00",
            "2026-01-02T03:04:05Z",
        ]);
    }
}
