//! Conditional GET of lists: entity tags, `If-None-Match`, and 304 responses (RFC 9110, sections 8.8.3 and 13.1.2).

use std::convert::Infallible;
use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use http::{HeaderMap, StatusCode};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use crate::crypto::sha256;
use crate::web::describe::{DescribeRequest, DescribeResponse};
use crate::web::error::{Error, Result};
use crate::web::operation::{Example, Operation};

/// The cache policy of lists that are the same for all users: CloudFront caches them for one second, and browsers
/// revalidate each time.
const LIST_CACHE_CONTROL: &str = "public, max-age=0, s-maxage=1";

/// An entity tag, for the OpenAPI document.
const ENTITY_TAG_EXAMPLE: &str = "\"VUbZfYBKpkhGWBZoS5f4RQ\"";

/// A list that is the same for all users, or 304 if the client already has it.
pub struct ListResponse<T> {
    response: Response,
    list: PhantomData<T>,
}

impl<T: Serialize> ListResponse<T> {
    /// Returns the response to a request with this header.
    ///
    /// # Errors
    /// `Internal` if the list cannot be serialized.
    pub fn new(list: &T, if_none_match: &IfNoneMatch) -> Result<Self> {
        let json = serde_json::to_vec(list).map_err(Error::internal)?;
        let tag = entity_tag(&json);
        let is_cached = if_none_match.contains(&tag);
        let headers = [(CACHE_CONTROL, LIST_CACHE_CONTROL.to_owned()), (ETAG, tag)];
        let response = match is_cached {
            true => (StatusCode::NOT_MODIFIED, headers).into_response(),
            false => (headers, [(CONTENT_TYPE, "application/json")], json).into_response(),
        };
        Ok(Self { response, list: PhantomData })
    }
}

impl<T> IntoResponse for ListResponse<T> {
    fn into_response(self) -> Response {
        self.response
    }
}

impl<T: JsonSchema + Example> DescribeResponse for ListResponse<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.json_response::<T>(200, "A page of the list.");
        operation.response(304, "The client already has this page.");
        operation.response_header(
            "ETag",
            "The entity tag of the page, for `If-None-Match`.",
            ENTITY_TAG_EXAMPLE,
        );
    }
}

/// Returns the strong entity tag of a representation. CloudFront makes the tag weak if it compresses the response.
fn entity_tag(content: &[u8]) -> String {
    format!("\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(&sha256(content)[..16]))
}

/// The representations that the client already has, from `If-None-Match`.
pub struct IfNoneMatch {
    /// Whether the header is `*`.
    any: bool,
    /// The opaque tags, in quotes and without `W/`.
    tags: Vec<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for IfNoneMatch {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::from_headers(&parts.headers))
    }
}

impl DescribeRequest for IfNoneMatch {
    fn describe(operation: &mut Operation<'_>) {
        let schema = json!({ "type": "string", "examples": [ENTITY_TAG_EXAMPLE] });
        operation.request_header(
            "If-None-Match",
            false,
            "The `ETag` of the page that the client has.",
            schema,
        );
    }
}

impl IfNoneMatch {
    /// Parses the header. Ignores a header that does not match the grammar, so the client gets the full response.
    fn from_headers(headers: &HeaderMap) -> Self {
        let lines: Result<Vec<&str>, _> =
            headers.get_all(IF_NONE_MATCH).iter().map(|line| line.to_str()).collect();
        let list = lines.unwrap_or_default().join(",");
        Self { any: list == "*", tags: parse_tags(&list).unwrap_or_default() }
    }

    /// Returns whether the client has the representation with this strong tag. The comparison is weak, as RFC 9110,
    /// section 13.1.2, requires.
    fn contains(&self, tag: &str) -> bool {
        self.any || self.tags.iter().any(|cached| cached == tag)
    }
}

/// Parses a list of entity tags. Returns `None` if it does not match the grammar. A tag may contain commas.
fn parse_tags(list: &str) -> Option<Vec<String>> {
    const WHITE_SPACE: [char; 2] = [' ', '\t'];
    const SEPARATORS: [char; 3] = [' ', '\t', ','];
    let mut tags = Vec::new();
    let mut rest = list.trim_start_matches(SEPARATORS);
    while !rest.is_empty() {
        let opaque = rest.strip_prefix("W/").unwrap_or(rest).strip_prefix('"')?;
        let (tag, after) = opaque.split_once('"')?;
        tags.push(format!("\"{tag}\""));
        let after = after.trim_start_matches(WHITE_SPACE);
        if !after.is_empty() && !after.starts_with(',') {
            return None;
        }
        rest = after.trim_start_matches(SEPARATORS);
    }
    Some(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_entity_tags_must_match_the_grammar() {
        let parse = |list| parse_tags(list).map(|tags| tags.join(" "));
        assert_eq!(parse("\"a\""), Some("\"a\"".to_owned()));
        assert_eq!(parse(" ,\t, W/\"a\",\"b,c\" ,, \"\""), Some("\"a\" \"b,c\" \"\"".to_owned()));
        for list in ["a", "\"a", "\"a\" \"b\"", "w/\"a\"", "W/W/\"a\"", "W/ \"a\"", "\"a\", b", "*, \"a\""] {
            assert_eq!(parse(list), None, "{list}");
        }
    }
}
