//! The language of a page, which the browser chooses with `Accept-Language` (RFC 9110, section 12.5.4).
//!
//! A range with more subtags than `de` matches German too: `de-AT` (lookup, RFC 4647, section 3.4). `*` matches the
//! languages that no other range matches. Elements that do not follow the grammar are ignored.

use std::cmp::Reverse;
use std::convert::Infallible;
use std::str;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;
use serde_json::json;

use crate::web::describe::DescribeRequest;
use crate::web::operation::Operation;

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The default, if the browser accepts neither language.
    English,
    /// Informal: the texts address the user as "du".
    German,
}

impl Language {
    /// Returns the language tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// Returns the language that the browser prefers, or English if it prefers neither.
    pub fn negotiate(headers: &HeaderMap) -> Self {
        let ranges = parse(headers);
        let [english, german] = [Self::English, Self::German].map(|language| language.preference(&ranges));
        if german > english && german.weight > 0 { Self::German } else { Self::English }
    }

    /// Returns how much the browser prefers this language: the highest weight of the ranges that match it.
    fn preference(self, ranges: &[Range<'_>]) -> Preference {
        let is_own = |tag: &str| tag.eq_ignore_ascii_case(self.tag());
        if ranges.iter().any(|range| range.weight == 0 && is_own(range.tag)) {
            return Preference { weight: 0, position: Reverse(usize::MAX) };
        }
        let preferences = ranges.iter().enumerate();
        let preferences = preferences.filter(|(_, range)| range.tag.split('-').next().is_some_and(is_own));
        let best = preferences
            .map(|(position, range)| Preference { weight: range.weight, position: Reverse(position) })
            .max();
        best.unwrap_or_else(|| {
            let wildcard = ranges.iter().find(|range| range.tag == "*");
            Preference { weight: wildcard.map_or(0, |range| range.weight), position: Reverse(usize::MAX) }
        })
    }
}

impl DescribeRequest for Language {
    fn describe(operation: &mut Operation<'_>) {
        let schema = json!({ "type": "string", "examples": ["de"] });
        operation.request_header("Accept-Language", false, "Chooses English or German.", schema);
    }
}

/// How much a browser prefers a language. If two weights are equal, the range that comes first wins.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Preference {
    /// The weight in thousandths; 0 means "not acceptable".
    weight: u16,
    /// The position of the range that matches the language; the maximum if only `*` matches it.
    position: Reverse<usize>,
}

/// An element of `Accept-Language`.
struct Range<'a> {
    /// A language tag, or `*`.
    tag: &'a str,
    /// The weight in thousandths.
    weight: u16,
}

/// Parses all `Accept-Language` headers of a request.
fn parse(headers: &HeaderMap) -> Vec<Range<'_>> {
    let values = headers.get_all(ACCEPT_LANGUAGE).iter();
    let elements = values.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    elements.filter_map(|element| parse_range(str::from_utf8(element).ok()?)).collect()
}

/// Parses one element. Returns `None` if it does not follow the grammar.
fn parse_range(element: &str) -> Option<Range<'_>> {
    let (tag, weight) = match element.split_once(';') {
        Some((tag, parameter)) => (tag, parse_weight(parameter)?),
        None => (element, 1_000),
    };
    let tag = tag.trim_matches([' ', '\t']);
    let is_subtag =
        |text: &str| matches!(text.len(), 1..=8) && text.bytes().all(|b| b.is_ascii_alphanumeric());
    (tag == "*" || tag.split('-').all(is_subtag)).then_some(Range { tag, weight })
}

/// Parses a weight, such as `q=0.8`, in thousandths (RFC 9110, section 12.4.2).
fn parse_weight(parameter: &str) -> Option<u16> {
    let value = parameter.trim_matches([' ', '\t']);
    let value = value.strip_prefix("q=").or_else(|| value.strip_prefix("Q="))?;
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1_000),
        _ => None,
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::negotiate(&parts.headers))
    }
}
