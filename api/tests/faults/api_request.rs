//! A request to the API, without a connection.

use axum::body::Body;
use axum::http::{Request, request};
use serde_json::Value;

use super::world::Credentials;
use crate::support::client::FORM;

pub struct ApiRequest {
    head: request::Builder,
    body: Body,
}

impl ApiRequest {
    pub fn new(method: &str, path: &str) -> Self {
        Self { head: Request::builder().method(method).uri(path), body: Body::empty() }
    }

    /// Adds the access token.
    pub fn by(self, credentials: &Credentials) -> Self {
        let authorization = format!("Bearer {}", credentials.token);
        self.with("authorization", authorization)
    }

    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.head = self.head.header(name, value.to_string());
        self
    }

    pub fn json(mut self, body: &Value) -> Self {
        self.body = body.to_string().into();
        self.with("content-type", "application/json")
    }

    pub fn form(mut self, fields: &[(&str, &str)]) -> Self {
        self.body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into();
        self.with("content-type", FORM)
    }

    pub fn into_http(self) -> Request<Body> {
        self.head.body(self.body).unwrap()
    }
}
