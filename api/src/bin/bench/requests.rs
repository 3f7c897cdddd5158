//! The requests that the measurements send.

use axum::body::Body;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Request};
use serde_json::{Value, json};

use crate::Result;
use crate::data_set::{PASSWORD, username};

/// Returns the name and the path of each list of posts.
pub fn lists() -> [(&'static str, String); 3] {
    [
        ("messages", "/api/messages".to_owned()),
        ("wishes", "/api/wishes".to_owned()),
        ("wishes of one user", format!("/api/users/{}/wishes", username(0))),
    ]
}

/// Returns a login of the user with this number.
pub fn log_in(user: usize) -> Request<Body> {
    with_json(Request::post("/api/login"), &json!({"username": username(user), "password": PASSWORD}))
}

/// Returns the value of the header `Authorization` for the access token in the response to a login.
pub fn bearer_token(login: &Value) -> Result<HeaderValue> {
    let token = login["token"].as_str().ok_or("the response to a login contains no access token")?;
    Ok(HeaderValue::try_from(format!("Bearer {token}"))?)
}

/// Adds an access token to a request.
pub fn with_token(mut request: Request<Body>, token: &HeaderValue) -> Request<Body> {
    request.headers_mut().insert(AUTHORIZATION, token.clone());
    request
}

/// Returns the content of a message of usual length.
pub fn message() -> Value {
    json!({"body": "a message of the usual length in words. ".repeat(4)})
}

/// Completes a request with a JSON body.
pub fn with_json(request: http::request::Builder, body: &Value) -> Request<Body> {
    complete(request.header(CONTENT_TYPE, "application/json"), Body::from(body.to_string()))
}

/// Completes a request without a body.
pub fn without_body(request: http::request::Builder) -> Request<Body> {
    complete(request, Body::empty())
}

fn complete(request: http::request::Builder, body: Body) -> Request<Body> {
    request.body(body).unwrap_or_else(|error| unreachable!("all headers are valid: {error}"))
}
