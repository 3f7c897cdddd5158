//! Requests and responses in the formats of API Gateway's Lambda proxy integrations.

use std::collections::{BTreeMap, HashMap};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use reqwest::header::{HeaderMap, HeaderName};
use serde_json::{Value, json};

use super::client::FORM;
use super::lambda::SITE;
use super::{PASSWORD, Reply, TestClient};

/// The version of the payload format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    /// The format of an HTTP API: "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway", Amazon API
    /// Gateway Developer Guide.
    V2,
    /// The format of a REST API: "Lambda proxy integrations in API Gateway", Amazon API Gateway Developer Guide.
    V1,
}

impl Payload {
    pub const ALL: [Self; 2] = [Self::V2, Self::V1];

    /// Returns the event for this request.
    pub fn event(self, request: &GatewayRequest) -> Value {
        match self {
            Self::V2 => request.event_v2(),
            Self::V1 => request.event_v1(),
        }
    }
}

/// A request to the API, before a gateway turns it into an event.
#[derive(Clone, Default)]
pub struct GatewayRequest {
    pub method: &'static str,
    pub path: String,
    pub query: String,
    pub headers: Vec<(&'static str, String)>,
    pub cookie: Option<String>,
    pub body: Option<String>,
    pub is_base64: bool,
    pub source_ip: &'static str,
}

impl GatewayRequest {
    pub fn new(method: &'static str, path: &str) -> Self {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        Self {
            method,
            path: path.to_owned(),
            query: query.to_owned(),
            source_ip: "192.0.2.1",
            ..Self::default()
        }
    }

    /// Sends the request over HTTP, without a gateway.
    pub async fn send_without_gateway(&self, client: &TestClient) -> Reply {
        let headers = self.headers.iter().map(|(name, value)| (*name, value));
        let cookie = self.cookie.iter().map(|cookie| ("cookie", cookie));
        let client =
            headers.chain(cookie).fold(client.clone(), |client, (name, value)| client.with(name, value));
        let body = self.body.clone().unwrap_or_default();
        client.send(self.method.parse().unwrap(), &self.path, |builder| builder.body(body)).await
    }

    /// Returns a sign-up from the site.
    pub fn sign_up(username: &str) -> Self {
        let sign_up = json!({"username": username, "password": PASSWORD, "name": "Ann"});
        Self::new("POST", "/api/signup").json(&sign_up).with("origin", SITE)
    }

    /// Returns a login from the site.
    pub fn log_in(username: &str, password: &str) -> Self {
        let login = json!({"username": username, "password": password});
        Self::new("POST", "/api/login").json(&login).with("origin", SITE)
    }

    /// Returns a form of a page without JavaScript, sent from the site.
    pub fn form(path: &str, fields: &[(&str, &str)]) -> Self {
        let mut request = Self::new("POST", path).with("content-type", FORM);
        request.body = Some(form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish());
        request.with("sec-fetch-site", "same-origin")
    }

    pub fn json(mut self, body: &Value) -> Self {
        self.body = Some(body.to_string());
        self.with("content-type", "application/json")
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn with_token(self, token: &str) -> Self {
        self.with("authorization", &format!("Bearer {token}"))
    }

    pub fn with_cookie(mut self, cookie: impl Into<String>) -> Self {
        self.cookie = Some(cookie.into());
        self
    }

    /// Encodes the body in base64, as a gateway does with a body that is not text.
    pub fn base64(mut self) -> Self {
        self.body = self.body.map(|body| BASE64_STANDARD.encode(body));
        self.is_base64 = true;
        self
    }

    fn event_v2(&self) -> Value {
        // The gateway joins headers with the same name.
        let mut headers = BTreeMap::<&str, String>::new();
        for (name, value) in &self.headers {
            let joined = headers.get(name).map_or(value.clone(), |first| format!("{first},{value}"));
            headers.insert(name, joined);
        }
        json!({
            "version": "2.0",
            "routeKey": format!("{} {}", self.method, self.path),
            "rawPath": self.path,
            "rawQueryString": self.query,
            "cookies": self.cookie.iter().collect::<Vec<_>>(),
            "headers": headers,
            "requestContext": {
                "accountId": "123456789012", "apiId": "abc", "domainName": "abc.execute-api.us-east-1.amazonaws.com",
                "domainPrefix": "abc", "requestId": "id", "routeKey": "$default", "stage": "$default",
                "time": "12/Mar/2026:19:03:58 +0000", "timeEpoch": 1_583_348_638_390_i64,
                "http": {"method": self.method, "path": self.path, "protocol": "HTTP/1.1",
                    "sourceIp": self.source_ip, "userAgent": "test"},
            },
            "body": self.body,
            "isBase64Encoded": self.is_base64,
        })
    }

    fn event_v1(&self) -> Value {
        let mut headers = serde_json::Map::new();
        let cookie = self.cookie.iter().map(|cookie| ("cookie", cookie.clone()));
        for (name, value) in self.headers.iter().map(|(name, value)| (*name, value.clone())).chain(cookie) {
            headers.entry(name).or_insert_with(|| json!([])).as_array_mut().unwrap().push(value.into());
        }
        let query: Vec<(&str, &str)> =
            self.query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        json!({
            "resource": "/{proxy+}",
            "path": self.path,
            "httpMethod": self.method,
            "headers": {},
            "multiValueHeaders": headers,
            "queryStringParameters": query.iter().copied().collect::<HashMap<_, _>>(),
            "multiValueQueryStringParameters":
                query.iter().map(|(name, value)| (*name, [*value])).collect::<HashMap<_, _>>(),
            "pathParameters": null,
            "stageVariables": null,
            "requestContext": {
                "accountId": "123456789012", "apiId": "abc", "resourceId": "x", "stage": "prod",
                "path": format!("/prod{}", self.path), "resourcePath": "/{proxy+}", "httpMethod": self.method,
                "requestId": "id", "protocol": "HTTP/1.1", "requestTimeEpoch": 1_583_348_638_390_i64,
                "identity": {"sourceIp": self.source_ip, "userAgent": "test"},
            },
            "body": self.body,
            "isBase64Encoded": self.is_base64,
        })
    }
}

/// The response that a function returns to the gateway.
#[derive(Debug)]
pub struct GatewayResponse(pub Value);

impl GatewayResponse {
    pub fn status(&self) -> u64 {
        self.0["statusCode"].as_u64().unwrap()
    }

    /// Returns the body as a string.
    pub fn text(&self) -> String {
        let body = self.0["body"].as_str().unwrap_or_default();
        match self.is_base64() {
            true => String::from_utf8(BASE64_STANDARD.decode(body).unwrap()).unwrap(),
            false => body.to_owned(),
        }
    }

    /// Returns the body as JSON; null if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text()).unwrap_or_default()
    }

    /// Returns the access token in the body.
    pub fn token(&self) -> String {
        self.json()["token"].as_str().unwrap().to_owned()
    }

    /// Returns the response as the gateway sends it to the client.
    pub fn to_reply(&self) -> Reply {
        let values = ["headers", "multiValueHeaders"].into_iter().filter_map(|name| self.0[name].as_object());
        let values = values.flatten().flat_map(|(name, value)| match value {
            Value::Array(values) => values.iter().map(|value| (name.as_str(), value)).collect(),
            value => vec![(name.as_str(), value)],
        });
        let cookies = self.0["cookies"].as_array().into_iter().flatten().map(|value| ("set-cookie", value));
        let mut headers = HeaderMap::new();
        for (name, value) in values.chain(cookies) {
            let value = value.as_str().unwrap().parse().unwrap();
            headers.append(name.parse::<HeaderName>().unwrap(), value);
        }
        Reply::new(self.0["statusCode"].as_u64().unwrap() as u16, headers, self.text().into_bytes())
    }

    pub fn is_base64(&self) -> bool {
        self.0["isBase64Encoded"] == true
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let single = self.0["headers"][name].as_str();
        single.or_else(|| self.0["multiValueHeaders"][name][0].as_str())
    }

    /// Returns the `Set-Cookie` headers. Payload 2.0 has a separate list for them.
    pub fn set_cookies(&self) -> Vec<&str> {
        let list = self.0["cookies"].as_array().or(self.0["multiValueHeaders"]["set-cookie"].as_array());
        list.into_iter().flatten().map(|cookie| cookie.as_str().unwrap()).collect()
    }

    /// Returns the session cookie as a browser sends it back: `name=value`.
    pub fn cookie(&self) -> &str {
        self.set_cookies()[0].split(';').next().unwrap()
    }
}
