//! A response of the API, with assertions.

use reqwest::Response;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// A response that has been read to its end.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    /// The bytes of the body as sent, perhaps compressed.
    pub content: Vec<u8>,
    /// The JSON of the body, or the body as a string, or null if there is none.
    pub body: Value,
}

impl Reply {
    pub async fn read(response: Response) -> reqwest::Result<Self> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Self::new(status, headers, response.bytes().await?.to_vec()))
    }

    /// Reads a response of a handler, which has not been sent over a connection.
    pub async fn read_local(response: axum::response::Response) -> Self {
        let (head, body) = response.into_parts();
        let content = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Self::new(head.status.as_u16(), head.headers, content.to_vec())
    }

    pub fn new(status: u16, headers: HeaderMap, content: Vec<u8>) -> Self {
        let text = String::from_utf8_lossy(&content).into_owned();
        let body = match text.is_empty() {
            true => Value::Null,
            false => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        };
        Self { status, headers, content, body }
    }

    /// Returns the value of a header, or an empty string.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Returns the access token of a response to a sign-up, a login or a refresh.
    pub fn token(&self) -> &str {
        self.body["token"].as_str().unwrap()
    }

    /// Returns the session cookie as a browser sends it back: `name=value`.
    pub fn cookie(&self) -> String {
        self.header("set-cookie").split(';').next().unwrap().to_owned()
    }

    /// Returns the device cookie as a browser sends it back.
    pub fn device_cookie(&self) -> String {
        self.set_cookie("-device=").split(';').next().unwrap().to_owned()
    }

    /// Returns the `Set-Cookie` header that contains this text, or an empty string.
    pub fn set_cookie(&self, text: &str) -> &str {
        let mut cookies = self.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
        cookies.find(|cookie| cookie.contains(text)).unwrap_or_default()
    }

    /// Returns the HTML of the body.
    pub fn html(&self) -> &str {
        self.body.as_str().unwrap()
    }

    /// Checks that this is a 429 and returns its `Retry-After` in seconds.
    #[track_caller]
    pub fn retry_after(&self) -> i64 {
        self.assert_problem(429, "too-many-tries");
        self.header("retry-after").parse().unwrap()
    }

    /// Checks that this is a problem (RFC 9457) with this status and type.
    #[track_caller]
    pub fn assert_problem(&self, status: u16, problem_type: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.body["type"], format!("/problems/{problem_type}"), "{self:?}");
        assert_eq!(self.body["status"], status);
        assert!(!self.body["detail"].as_str().unwrap().is_empty());
        assert_eq!(self.status == 401, self.headers.contains_key("www-authenticate"), "{self:?}");
    }

    /// Checks that this is a 422 for this field.
    #[track_caller]
    pub fn assert_field_error(&self, field: &str) {
        self.assert_problem(422, "invalid");
        assert_eq!(self.body["field"], field, "{self:?}");
    }
}
