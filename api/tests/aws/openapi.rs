//! Checks the responses of the API against the OpenAPI document.

#[path = "../support/openapi.rs"]
mod document;

use crate::cloud::is_from_api;
use crate::reply::Reply;

/// Checks a response, unless a gateway has sent it: the document describes only the API. The emulator adds a
/// `Content-Type` to responses without content (204), so they are not checked either.
pub fn assert_documented(method: &str, path: &str, reply: &Reply) {
    if is_from_api(reply) && reply.status != 204 {
        document::assert_documented(method, path, reply);
    }
}
