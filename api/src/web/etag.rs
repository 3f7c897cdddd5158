//! Entity tags and the preconditions that name them (RFC 9110, sections 8.8.3 and 13.1).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::HeaderMap;
use http::header::{IF_MATCH, IF_NONE_MATCH};

use crate::AppState;
use crate::crypto::sha256;
use crate::web::error::{Error, Result};

/// The strong entity tag of a representation: equal tags mean equal bytes. An edge that compresses a response makes
/// the tag a weak one.
pub fn of_content(content: &[u8]) -> String {
    format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(&sha256(content)[..16]))
}

/// The representations that the client already has, from `If-None-Match`.
#[derive(Default)]
pub struct IfNoneMatch {
    any: bool,
    /// The opaque tags, in quotes and without `W/`.
    tags: Vec<String>,
}

impl IfNoneMatch {
    /// Reads the header. A header that breaks the grammar counts as absent: the client then gets the full response.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let lines: Result<Vec<&str>, _> =
            headers.get_all(IF_NONE_MATCH).iter().map(|line| line.to_str()).collect();
        let list = lines.unwrap_or_default().join(",");
        Self { any: list == "*", tags: tags(&list).unwrap_or_default() }
    }

    /// Whether the client has the representation with this strong tag. Compares weakly, as RFC 9110, section 13.1.2
    /// demands.
    pub fn contains(&self, tag: &str) -> bool {
        self.any || self.tags.iter().any(|known| known == tag)
    }
}

/// The opaque tags of a list; none if it breaks the grammar. A comma may be part of a tag.
fn tags(list: &str) -> Option<Vec<String>> {
    const BLANK: [char; 2] = [' ', '\t'];
    let mut tags = Vec::new();
    let mut rest = list.trim_start_matches([' ', '\t', ',']);
    while !rest.is_empty() {
        let opaque = rest.strip_prefix("W/").unwrap_or(rest).strip_prefix('"')?;
        let (tag, after) = opaque.split_once('"')?;
        tags.push(format!("\"{tag}\""));
        let after = after.trim_start_matches(BLANK);
        if !after.is_empty() && !after.starts_with(',') {
            return None;
        }
        rest = after.trim_start_matches([' ', '\t', ',']);
    }
    Some(tags)
}

/// The version that an edit was made from: `If-Match: "<version>"`.
///
/// Only the exact entity tag of a version names it: digits in quotes, without leading zeros, not weak, not in a list.
/// Everything else (`*` included) matches no version, so that the edit is answered with 412.
pub struct Version(pub u64);

/// No post has this version.
const NO_VERSION: u64 = 0;

impl FromRequestParts<AppState> for Version {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self> {
        let mut tags = parts.headers.get_all(IF_MATCH).iter();
        let tag = tags.next().ok_or(Error::VersionMissing)?;
        let tag = Some(tag).filter(|_| tags.next().is_none());
        Ok(Self(tag.and_then(|tag| version_of(tag.to_str().ok()?)).unwrap_or(NO_VERSION)))
    }
}

fn version_of(tag: &str) -> Option<u64> {
    let version = tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok()?;
    (format!("\"{version}\"") == tag).then_some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_one_entity_tag() {
        assert_eq!(version_of("\"3\""), Some(3));
        assert_eq!(version_of("\"18446744073709551615\""), Some(u64::MAX));
        for tag in [
            "3",
            "\"03\"",
            "\"+3\"",
            "\"-3\"",
            "\" 3\"",
            "\"3 \"",
            "W/\"3\"",
            "\"3",
            "3\"",
            "\"\"3\"\"",
            "\"3\", \"4\"",
            "\"0x3\"",
            "\"3.0\"",
            "\"\u{663}\"",
            "\"18446744073709551616\"",
            "*",
            "\"*\"",
            "\"\"",
            "\"",
            "",
        ] {
            assert_eq!(version_of(tag), None, "{tag}");
        }
    }

    #[test]
    fn a_list_of_tags_is_read_by_the_grammar() {
        let read = |list| tags(list).map(|tags| tags.join(" "));
        assert_eq!(read("\"a\""), Some("\"a\"".to_owned()));
        assert_eq!(read(" ,\t, W/\"a\",\"b,c\" ,, \"\""), Some("\"a\" \"b,c\" \"\"".to_owned()));
        for list in ["a", "\"a", "\"a\" \"b\"", "w/\"a\"", "W/W/\"a\"", "W/ \"a\"", "\"a\", b", "*, \"a\""] {
            assert_eq!(read(list), None, "{list}");
        }
    }
}
