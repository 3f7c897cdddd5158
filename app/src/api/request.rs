//! Requests to the API.

use gloo_net::http::Method;
use serde::Serialize;

use crate::api::json;

/// A request, without the access token. It can be sent more than once.
pub struct Request {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) header: Option<(&'static str, String)>,
    pub(super) body: Option<String>,
}

impl Request {
    /// A GET request.
    pub fn get(path: &str) -> Self {
        Self::without_body(Method::GET, path)
    }

    /// A DELETE request.
    pub fn delete(path: &str) -> Self {
        Self::without_body(Method::DELETE, path)
    }

    /// A POST request without a body.
    pub fn post_empty(path: &str) -> Self {
        Self::without_body(Method::POST, path)
    }

    /// A POST request with a JSON body.
    pub fn post(path: &str, body: &impl Serialize) -> Self {
        Self::with_body(Method::POST, path, body)
    }

    /// A PUT request with a JSON body.
    pub fn put(path: &str, body: &impl Serialize) -> Self {
        Self::with_body(Method::PUT, path, body)
    }

    /// A PATCH request with a JSON body.
    pub fn patch(path: &str, body: &impl Serialize) -> Self {
        Self::with_body(Method::PATCH, path, body)
    }

    /// A POST request that creates only one post, even if it is sent several times. The idempotency key is a UUID that
    /// belongs to this JSON body.
    pub fn create(path: &str, idempotency_key: String, json: String) -> Self {
        let header = Some(("Idempotency-Key", idempotency_key));
        Self { header, body: Some(json), ..Self::without_body(Method::POST, path) }
    }

    /// A PATCH request. The API rejects it with 412 unless the post still has this version.
    pub fn edit(path: &str, version: u64, json: String) -> Self {
        let header = Some(("If-Match", format!("\"{version}\"")));
        Self { header, body: Some(json), ..Self::without_body(Method::PATCH, path) }
    }

    fn without_body(method: Method, path: &str) -> Self {
        Self { method, path: path.to_owned(), header: None, body: None }
    }

    fn with_body(method: Method, path: &str, body: &impl Serialize) -> Self {
        Self { body: json::to_string(body), ..Self::without_body(method, path) }
    }
}
