//! Compression of responses (gzip and brotli): only those that are the same for all users.
//!
//! TLS does not hide the length of a response, and compression makes the length depend on the content. If a response
//! contains a secret and text that an attacker chooses, the attacker can guess the secret piece by piece: the response
//! gets shorter with each correct guess (BREACH, <https://breachattack.com>). Anyone can sign up and post, so an
//! attacker can put text into our responses. A response that is the same for all users contains no secret. All others
//! stay uncompressed: access tokens, responses with cookies, everything about the caller, pages of logged-in users,
//! errors.
//!
//! A response is the same for all users if shared caches may store it (`Cache-Control: public`), or if its handler adds
//! [`SameForAllUsers`]. So a new route is not compressed until a developer decides that it may be.
//!
//! All encodings of a list have the same entity tag. `Vary` keeps caches from mixing them up. Different tags would
//! matter only to clients that combine parts of two responses (RFC 9110, section 8.8.3.3), and no client does so.

use axum::Router;
use axum::extract::Request;
use axum::middleware::{map_request, map_response};
use axum::response::Response;
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, SET_COOKIE, VARY};
use http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

/// Responses with fewer bytes are not compressed: they fit into one packet anyway. CloudFront has the same minimum.
const MIN_LEN: u64 = 1_000;

/// The level of both encodings. A list with 20 posts (6 KB) takes 0.1 to 0.2 milliseconds. The next levels gain less
/// than 1 %, and from level 9 on, brotli takes 14 milliseconds.
const COMPRESSION_LEVEL: CompressionLevel = CompressionLevel::Precise(5);

/// Marks a response that is the same for all users, although no cache may store it. It may depend on headers that
/// contain no secret, such as `Accept-Language`. Add it to [`Response::extensions_mut`].
#[derive(Clone, Copy, Debug)]
pub struct SameForAllUsers;

/// Adds compression to all routes that the router already has.
pub fn compress<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    let is_allowed = |_: StatusCode, _: Version, headers: &HeaderMap, extensions: &Extensions| {
        is_same_for_all_users(headers, extensions)
    };
    let layer = CompressionLayer::new().gzip(true).br(true).quality(COMPRESSION_LEVEL);
    router
        .layer(map_response(add_vary))
        .layer(layer.compress_when(SizeAbove::new(MIN_LEN).and(is_allowed)))
        .layer(map_request(accept_identity))
}

/// Returns whether a response is the same for all users. A response with a cookie never is.
fn is_same_for_all_users(headers: &HeaderMap, extensions: &Extensions) -> bool {
    let is_marked = extensions.get::<SameForAllUsers>().is_some();
    (is_marked || is_public(headers)) && !headers.contains_key(SET_COOKIE)
}

/// Returns whether shared caches may store a response.
fn is_public(headers: &HeaderMap) -> bool {
    let values = headers.get_all(CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|directive| directive.trim() == "public")
}

/// Adds `Vary: Accept-Encoding` to a response that may be compressed, whether or not it is: to short ones and to 304
/// too (RFC 9110, sections 12.5.5 and 15.4.5).
async fn add_vary(mut response: Response) -> Response {
    if is_same_for_all_users(response.headers(), response.extensions()) {
        response.headers_mut().append(VARY, HeaderValue::from_static("accept-encoding"));
    }
    response
}

/// The element of `Accept-Encoding` that accepts a response without compression as the last choice.
const IDENTITY_LAST: &str = "identity;q=0.001";

/// Accepts a response without compression, even if the client does not (`identity;q=0`). RFC 9110, section 12.4.1,
/// allows this. Otherwise, `CompressionLayer` would change the status of each response to 406, even after the handler
/// has created an account.
async fn accept_identity(mut request: Request) -> Request {
    let headers = request.headers_mut();
    let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let accepted = values.flat_map(|value| value.split(',')).filter(|element| !rejects_identity(element));
    let accepted: Vec<&str> = accepted.chain([IDENTITY_LAST]).collect();
    if let Ok(value) = HeaderValue::try_from(accepted.join(",")) {
        headers.insert(ACCEPT_ENCODING, value);
    }
    request
}

/// Returns whether an element of `Accept-Encoding` is `identity` with the weight 0.
fn rejects_identity(element: &str) -> bool {
    let (coding, weight) = element.split_once(';').unwrap_or((element, ""));
    let weight = weight.trim().trim_start_matches(['q', 'Q', '=']);
    coding.trim().eq_ignore_ascii_case("identity") && weight.parse() == Ok(0.0)
}
