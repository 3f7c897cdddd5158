//! The entry points of the API that check access tokens, and how each one responds to a token.
//!
//! The tests in `forged_tokens` use every entry point in [`EntryPoint::start_all`].

use api::clock::Clock;
use api::store::Store;
use jiff::SignedDuration;
use reqwest::header::HeaderValue;
use serde_json::{Value, json};

use super::database::TestDatabase;
use super::dynamodb_server::DynamoDbServer;
use super::gateway::{GatewayRequest, Payload};
use super::key_ring::replace_test_key_ring;
use super::lambda::{API, AUTHORIZER, LambdaFunction, SITE};
use super::{PASSWORD, Reply, TestApp, openapi, raw_http};

/// A way to reach the API.
pub enum EntryPoint {
    /// The local server.
    Local(TestApp),
    /// The Lambda function behind an HTTP API or a REST API, without an authorizer.
    Lambda { payload: Payload, lambda: LambdaFunction, database: DynamoDbServer },
    /// The TOKEN authorizer of a REST API. Its users sign up at the Lambda function.
    Authorizer { authorizer: LambdaFunction, lambda: LambdaFunction, database: DynamoDbServer },
}

/// How an entry point responded to a request that needs a login.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The request was handled, or the authorizer allowed it.
    Allowed,
    /// The request was refused with this status. A TOKEN authorizer that returns `Unauthorized` refuses with 401.
    Refused(u16),
    /// No response, or one with another status.
    Failed(String),
}

impl EntryPoint {
    pub async fn start_all() -> Vec<Self> {
        let mut entry_points = vec![Self::Local(TestApp::start().await)];
        for payload in Payload::ALL {
            let database = DynamoDbServer::start().await;
            let lambda = LambdaFunction::start(API, &database).await;
            entry_points.push(Self::Lambda { payload, lambda, database });
        }
        let database = DynamoDbServer::start().await;
        let lambda = LambdaFunction::start(API, &database).await;
        let authorizer = LambdaFunction::start(AUTHORIZER, &database).await;
        entry_points.push(Self::Authorizer { authorizer, lambda, database });
        entry_points
    }

    /// Returns the name for failure messages.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Local(_) => "local server",
            Self::Lambda { payload: Payload::V2, .. } => "HTTP API",
            Self::Lambda { payload: Payload::V1, .. } => "REST API",
            Self::Authorizer { .. } => "TOKEN authorizer",
        }
    }

    /// Returns the database of this entry point.
    pub fn database(&self) -> &TestDatabase {
        match self {
            Self::Local(app) => &app.database,
            Self::Lambda { database, .. } | Self::Authorizer { database, .. } => &database.database,
        }
    }

    /// Returns the store of this entry point, and its clock.
    pub fn store_and_clock(&self) -> (Store, Clock) {
        match self {
            Self::Local(app) => (app.state.store.clone(), app.state.clock.clone()),
            Self::Lambda { database, .. } | Self::Authorizer { database, .. } => {
                (database.store.clone(), Clock::default())
            }
        }
    }

    /// Sends a request to the API at this entry point, and checks the response against the OpenAPI document.
    pub async fn send(&self, request: &GatewayRequest) -> Reply {
        let (payload, lambda) = match self {
            Self::Local(app) => return request.send_without_gateway(&app.guest()).await,
            Self::Lambda { payload, lambda, .. } => (*payload, lambda),
            Self::Authorizer { lambda, .. } => (Payload::V2, lambda),
        };
        let reply = lambda.send(payload, request).await.to_reply();
        openapi::assert_documented(request.method, &request.path, &reply);
        reply
    }

    /// Replaces all signing keys, and makes every process read the new ones.
    pub async fn replace_signing_keys(&mut self) {
        replace_test_key_ring(&self.store_and_clock().0).await;
        match self {
            Self::Local(app) => app.advance(SignedDuration::from_secs(61)),
            Self::Lambda { lambda, database, .. } => *lambda = LambdaFunction::start(API, database).await,
            Self::Authorizer { authorizer, lambda, database } => {
                *authorizer = LambdaFunction::start(AUTHORIZER, database).await;
                *lambda = LambdaFunction::start(API, database).await;
            }
        }
    }

    /// Returns whether these `Authorization` headers can reach our code. API Gateway accepts no control characters.
    pub fn can_transport(&self, authorization: &[String]) -> bool {
        !matches!(self, Self::Lambda { .. })
            || authorization.iter().all(|value| HeaderValue::from_str(value).is_ok())
    }

    /// Tries to post a message with an access token.
    pub async fn post_message(&self, token: &str) -> Outcome {
        self.post_message_with("/api/messages", &[format!("Bearer {token}")]).await
    }

    /// Tries to post a message with these `Authorization` headers.
    pub async fn post_message_with(&self, path: &str, authorization: &[String]) -> Outcome {
        match self {
            Self::Local(app) => post_message_raw(app, path, authorization).await,
            Self::Lambda { payload, lambda, .. } => {
                let mut request = GatewayRequest::new("POST", path).json(&json!({"body": "posted"}));
                for value in authorization {
                    request = request.with("authorization", value);
                }
                match lambda.invoke(payload.event(&request)).await {
                    Ok(response) => Outcome::of_status(response["statusCode"].as_u64().unwrap_or_default()),
                    Err(error) => Outcome::Failed(error),
                }
            }
            // A gateway joins headers with the same name.
            Self::Authorizer { authorizer, .. } => {
                match authorizer.authorize(authorization.join(",")).await {
                    Ok(_) => Outcome::Allowed,
                    Err(error) if error == "Unauthorized" => Outcome::Refused(401),
                    Err(error) => Outcome::Failed(error),
                }
            }
        }
    }

    /// Sends a valid request to the API at this entry point. Returns the body of the response.
    pub async fn request(&self, method: &'static str, path: &str, token: Option<&str>, body: Value) -> Value {
        let lambda = match self {
            Self::Local(app) => {
                let guest = app.guest();
                let client = token.map_or(guest.clone(), |token| guest.with_token(token));
                let reply = client.send(method.parse().unwrap(), path, |request| request.json(&body)).await;
                assert!(reply.status < 300, "{reply:?}");
                return reply.body;
            }
            Self::Lambda { lambda, .. } | Self::Authorizer { lambda, .. } => lambda,
        };
        let mut request = GatewayRequest::new(method, path).json(&body).with("origin", SITE);
        if let Some(token) = token {
            request = request.with_token(token);
        }
        let response = lambda.send(Payload::V2, &request).await;
        assert!(response.status() < 300, "{response:?}");
        response.json()
    }

    /// Signs up a user and returns the access token.
    pub async fn sign_up(&self, username: &str) -> String {
        let sign_up = json!({"username": username, "password": PASSWORD, "name": "Ann"});
        let response = self.request("POST", "/api/signup", None, sign_up).await;
        response["token"].as_str().unwrap().to_owned()
    }

    /// Logs in and returns the access token.
    pub async fn log_in(&self, username: &str) -> String {
        let login = json!({"username": username, "password": PASSWORD});
        let response = self.request("POST", "/api/login", None, login).await;
        response["token"].as_str().unwrap().to_owned()
    }

    /// Returns how many messages have been posted, 20 at most.
    pub async fn message_count(&self) -> usize {
        let list = self.request("GET", "/api/messages", None, Value::Null).await;
        list["messages"].as_array().unwrap().len()
    }
}

impl Outcome {
    fn of_status(status: u64) -> Self {
        match status {
            200..300 => Self::Allowed,
            400..500 => Self::Refused(u16::try_from(status).unwrap()),
            _ => Self::Failed(format!("status {status}")),
        }
    }
}

/// Posts a message over a TCP connection, because an HTTP client refuses to send most of these headers.
async fn post_message_raw(app: &TestApp, path: &str, authorization: &[String]) -> Outcome {
    let body = json!({"body": "posted"}).to_string();
    let headers: String = authorization.iter().map(|value| format!("authorization: {value}\r\n")).collect();
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: wishboard\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n{headers}\r\n{body}",
        body.len()
    );
    let response = raw_http::exchange(&app.url, request).await;
    match raw_http::status(&response) {
        Some(status) => Outcome::of_status(status.into()),
        None => Outcome::Failed(format!("no status: {response:?}")),
    }
}
