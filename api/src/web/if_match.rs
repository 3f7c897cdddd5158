//! `If-Match`: the version of a post that an edit is based on (RFC 9110, section 13.1.1).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use http::header::IF_MATCH;
use serde_json::json;
use shared::problem::ProblemType;

use crate::web::describe::DescribeRequest;
use crate::web::error::{Error, Result};
use crate::web::operation::Operation;

/// The version in `If-Match: "<version>"`.
///
/// A version has exactly one entity tag: its digits in quotes, without leading zeros. Every other value (`*`, a weak
/// tag, a list) matches no version, so the edit is rejected with 412.
pub struct IfMatch(pub u64);

/// A version that no post has.
const NO_VERSION: u64 = 0;

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let mut tags = parts.headers.get_all(IF_MATCH).iter();
        let tag = tags.next().ok_or(Error::VersionMissing)?;
        let only_tag = Some(tag).filter(|_| tags.next().is_none());
        Ok(Self(only_tag.and_then(|tag| parse_version(tag.to_str().ok()?)).unwrap_or(NO_VERSION)))
    }
}

impl DescribeRequest for IfMatch {
    fn describe(operation: &mut Operation<'_>) {
        let schema = json!({ "type": "string", "examples": ["\"1\""] });
        operation.request_header(
            "If-Match",
            true,
            "The version that the edit is based on, in quotes.",
            schema,
        );
        operation.problems([ProblemType::VersionMissing, ProblemType::EditConflict]);
    }
}

fn parse_version(tag: &str) -> Option<u64> {
    let version = tag.strip_prefix('"')?.strip_suffix('"')?.parse().ok()?;
    (format!("\"{version}\"") == tag).then_some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_one_entity_tag() {
        assert_eq!(parse_version("\"3\""), Some(3));
        assert_eq!(parse_version("\"18446744073709551615\""), Some(u64::MAX));
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
            assert_eq!(parse_version(tag), None, "{tag}");
        }
    }
}
