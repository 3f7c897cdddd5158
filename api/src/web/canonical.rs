//! Identifiers with one spelling each. Only the spelling that we give out is accepted where an identifier comes back,
//! so that two texts never mean the same item: not to a cache, a log or a rule on the way, nor to us.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use shared::users::Username;
use uuid::Uuid;

use crate::auth::session::Sid;
use crate::rfc3339_millis;

/// A value that is parsed from one spelling only.
pub trait Canonical: Sized {
    /// Parses the one spelling; returns `None` for every other text.
    fn parse_canonical(text: &str) -> Option<Self>;
}

/// 36 characters, lower case (RFC 9562, section 4).
impl Canonical for Uuid {
    fn parse_canonical(text: &str) -> Option<Self> {
        let uuid = Self::try_parse(text).ok()?;
        (uuid.hyphenated().encode_lower(&mut Self::encode_buffer()) == text).then_some(uuid)
    }
}

/// Lower case, without blanks around it.
impl Canonical for Username {
    fn parse_canonical(text: &str) -> Option<Self> {
        Self::parse(text).ok().filter(|username| username.as_str() == text)
    }
}

/// A SHA-256 in base64url without padding; the unused bits of the last character are zero.
impl Canonical for Sid {
    fn parse_canonical(text: &str) -> Option<Self> {
        let hash = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        (hash.len() == 32 && BASE64_URL_SAFE_NO_PAD.encode(hash) == text).then(|| Self(text.to_owned()))
    }
}

/// 24 characters, UTC in milliseconds, as [`rfc3339_millis`] writes it.
impl Canonical for Timestamp {
    fn parse_canonical(text: &str) -> Option<Self> {
        text.parse().ok().filter(|time| text.len() == 24 && rfc3339_millis::format(*time) == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks that of these spellings only the first one is accepted.
    fn has_one_spelling<T: Canonical>(spellings: &[&str]) {
        for (index, spelling) in spellings.iter().enumerate() {
            assert_eq!(T::parse_canonical(spelling).is_some(), index == 0, "{spelling}");
        }
    }

    #[test]
    fn a_uuid_has_one_spelling() {
        has_one_spelling::<Uuid>(&[
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
    fn a_username_has_one_spelling() {
        has_one_spelling::<Username>(&["ann_b-2", "Ann_b-2", "ANN_B-2", " ann_b-2", "ann_b-2\t"]);
    }

    #[test]
    fn a_session_id_has_one_spelling() {
        has_one_spelling::<Sid>(&[
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/",
            " AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        ]);
    }

    #[test]
    fn a_time_has_one_spelling() {
        has_one_spelling::<Timestamp>(&[
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
