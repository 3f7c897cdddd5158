//! The entry_points a token can be shown at, and what each makes of it. A new door is attacked like all
//! others once it is in [`EntryPoint::all`].

use api::clock::Clock;
use api::signing_keys::rotation;
use api::signing_keys::rotation_schedule::RingChange;
use jiff::SignedDuration;
use reqwest::header::HeaderValue;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::PASSWORD;
use super::TestApp;
use super::lambda::DynamoDbServer;
use super::lambda::GatewayRequest;
use super::lambda::LambdaFunction;
use super::lambda::SITE;

const LAMBDA: &str = env!("CARGO_BIN_EXE_lambda");
const AUTHORIZER: &str = env!("CARGO_BIN_EXE_authorizer");

/// How a gateway tells a request.
type Payload = fn(&GatewayRequest) -> Value;

/// A way in.
pub enum EntryPoint {
    Local(TestApp),
    Lambda { name: &'static str, payload: Payload, lambda: LambdaFunction, tables: DynamoDbServer },
    Authorizer { authorizer: LambdaFunction, lambda: LambdaFunction, tables: DynamoDbServer },
}

/// What a door made of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It got to its handler, or may.
    Allowed,
    /// Refused with that status; by the TOKEN authorizer, whose `Unauthorized` is a 401.
    Refused(u16),
    /// No answer at all, or one that no refusal is.
    Broken(String),
}

impl EntryPoint {
    pub async fn all() -> Vec<Self> {
        let mut entry_points = vec![Self::Local(TestApp::start().await)];
        let payloads: [(&str, Payload); 2] =
            [("HTTP API, payload v2", GatewayRequest::v2), ("REST API, payload v1", GatewayRequest::v1)];
        for (name, payload) in payloads {
            let tables = DynamoDbServer::start().await;
            let lambda = LambdaFunction::start(LAMBDA, &tables).await;
            entry_points.push(Self::Lambda { name, payload, lambda, tables });
        }
        let tables = DynamoDbServer::start().await;
        let lambda = LambdaFunction::start(LAMBDA, &tables).await;
        let authorizer = LambdaFunction::start(AUTHORIZER, &tables).await;
        entry_points.push(Self::Authorizer { authorizer, lambda, tables });
        entry_points
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Local(_) => "local",
            Self::Lambda { name, .. } => name,
            Self::Authorizer { .. } => "TOKEN authorizer",
        }
    }

    /// Replaces all keys, and lets a minute pass: by then every process has read the new ones.
    pub async fn drop_keys(&mut self) {
        let store = match self {
            Self::Local(app) => &app.state.store,
            Self::Lambda { tables, .. } | Self::Authorizer { tables, .. } => &tables.store,
        };
        rotation::apply(store, RingChange::ReplaceAll, Clock::default().now()).await.unwrap();
        match self {
            Self::Local(app) => app.state.clock.advance(SignedDuration::from_secs(61)),
            Self::Lambda { lambda, tables, .. } => *lambda = LambdaFunction::start(LAMBDA, tables).await,
            Self::Authorizer { authorizer, lambda, tables } => {
                *authorizer = LambdaFunction::start(AUTHORIZER, tables).await;
                *lambda = LambdaFunction::start(LAMBDA, tables).await;
            }
        }
    }

    /// Whether such headers get as far as our code: a gateway that speaks HTTP passes no control
    /// characters on.
    pub fn carries(&self, authorization: &[String]) -> bool {
        !matches!(self, Self::Lambda { .. })
            || authorization.iter().all(|value| HeaderValue::from_str(value).is_ok())
    }

    /// Shows `Authorization` headers, and tries to post a message with them.
    pub async fn try_token(&self, path: &str, authorization: &[String]) -> Outcome {
        match self {
            Self::Local(app) => send_raw_token(app, path, authorization).await,
            Self::Lambda { payload, lambda, .. } => {
                let mut request = GatewayRequest::new("POST", path).json(&json!({"body": "I got in"}));
                for value in authorization {
                    request = request.with("authorization", value);
                }
                match lambda.invoke(payload(&request)).await {
                    Ok(answer) => of_status(answer["statusCode"].as_u64().unwrap_or_default()),
                    Err(error) => Outcome::Broken(error),
                }
            }
            Self::Authorizer { authorizer, .. } => {
                let arn = "arn:aws:execute-api:us-east-1:123456789012:abc/prod/POST/api/messages";
                // A gateway joins headers of one name.
                let token = authorization.join(",");
                let question = json!({"type": "TOKEN", "authorizationToken": token, "methodArn": arn});
                match authorizer.invoke(question).await {
                    Ok(_) => Outcome::Allowed,
                    Err(error) if error == "Unauthorized" => Outcome::Refused(401),
                    Err(error) => Outcome::Broken(error),
                }
            }
        }
    }

    /// Does something as the app does, by the API behind this entry_point; answers the body.
    pub async fn does(&self, method: &'static str, path: &str, token: Option<&str>, body: Value) -> Value {
        let lambda = match self {
            Self::Local(app) => {
                let guest = app.guest();
                let browser = token.map_or(guest.clone(), |token| guest.with_token(token));
                let reply = browser.send(method.parse().unwrap(), path, |request| request.json(&body)).await;
                assert!(reply.status < 300, "{reply:?}");
                return reply.body;
            }
            Self::Lambda { lambda, .. } | Self::Authorizer { lambda, .. } => lambda,
        };
        let mut request = GatewayRequest::new(method, path).json(&body).with("origin", SITE);
        if let Some(token) = token {
            request = request.with("authorization", &format!("Bearer {token}"));
        }
        let answer = lambda.invoke(request.v2()).await.unwrap();
        assert!(answer["statusCode"].as_u64().unwrap() < 300, "{answer}");
        serde_json::from_str(answer["body"].as_str().unwrap_or_default()).unwrap_or_default()
    }

    /// Somebody new, and their token.
    pub async fn sign_up(&self, username: &str) -> String {
        let person = json!({"username": username, "password": PASSWORD, "name": "Somebody"});
        let body = self.does("POST", "/api/signup", None, person).await;
        body["token"].as_str().unwrap().to_owned()
    }
}

fn of_status(status: u64) -> Outcome {
    match status {
        200..300 => Outcome::Allowed,
        400..500 => Outcome::Refused(u16::try_from(status).unwrap()),
        _ => Outcome::Broken(format!("status {status}")),
    }
}

/// By hand: an honest client would not send most of it.
async fn send_raw_token(app: &TestApp, path: &str, authorization: &[String]) -> Outcome {
    let mut stream = TcpStream::connect(app.url.trim_start_matches("http://")).await.unwrap();
    let body = json!({"body": "I got in"}).to_string();
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nhost: wishboard\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n",
        body.len()
    );
    for value in authorization {
        request.push_str(&format!("authorization: {value}\r\n"));
    }
    request.push_str("\r\n");
    request.push_str(&body);
    let (mut reader, mut writer) = stream.split();
    let mut answer = Vec::new();
    // The server may answer, and close, before it has read all.
    let _ = tokio::join!(writer.write_all(request.as_bytes()), reader.read_to_end(&mut answer));
    let answer = String::from_utf8_lossy(&answer).into_owned();
    match answer.split(' ').nth(1).and_then(|status| status.parse().ok()) {
        Some(status) => of_status(status),
        None => Outcome::Broken(format!("no answer: {answer:?}")),
    }
}
