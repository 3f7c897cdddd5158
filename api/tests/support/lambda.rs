//! The Lambda functions as processes: the Runtime API in front of them, a DynamoDB behind.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use api::local::dynamodb_engine::Engine;
use api::store::Store;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use lambda_simulator::{InvocationStatus, Simulator};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::test_key_ring;

pub const ISSUER: &str = "https://api.example.com";
pub const SITE: &str = "https://example.com";
pub const EDGE_SECRET: &str = "known to our own CloudFront alone";

/// DynamoDbServer with a key ring, behind HTTP as in AWS.
pub struct DynamoDbServer {
    pub url: String,
    spent: Arc<Mutex<Units>>,
    refused: Arc<Mutex<&'static str>>,
    pub store: Store,
}

/// What requests to the tables cost.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Units {
    pub read: f64,
    pub write: f64,
}

impl DynamoDbServer {
    pub async fn start() -> Self {
        let engine = Engine::in_memory().unwrap();
        let store = Store::new(engine.clone().client(), "wishboard", 1);
        store.create_tables().await.unwrap();
        let (public, private) = test_key_ring();
        store.create_key_ring(public, private).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let spent = Arc::new(Mutex::new(Units::default()));
        let refused = Arc::new(Mutex::new(""));
        let router = Router::new().fallback(answer).with_state((engine, spent.clone(), refused.clone()));
        tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        Self { url, spent, refused, store }
    }

    /// From now on this operation is answered with a 500.
    pub fn refuse(&self, operation: &'static str) {
        *self.refused.lock().unwrap() = operation;
    }

    /// What the functions' requests have cost since this was asked last.
    pub fn units(&self) -> Units {
        std::mem::take(&mut self.spent.lock().unwrap())
    }
}

type Behind = (Engine, Arc<Mutex<Units>>, Arc<Mutex<&'static str>>);

async fn answer(
    State((engine, spent, refused)): State<Behind>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let target = headers["x-amz-target"].to_str().unwrap().to_owned();
    if target.split('.').nth(1) == Some(*refused.lock().unwrap()) {
        return (StatusCode::INTERNAL_SERVER_ERROR, "{}".to_owned());
    }
    let mut question: Value = serde_json::from_slice(&body).unwrap();
    question["ReturnConsumedCapacity"] = json!("TOTAL");
    let body = question.to_string();
    let answer = tokio::task::spawn_blocking(move || engine.handle(&target, body.as_bytes()));
    let (status, json) = answer.await.unwrap();
    if let Ok(answer) = serde_json::from_str::<Value>(&json) {
        spend(
            &answer["ConsumedCapacity"],
            headers["x-amz-target"].to_str().unwrap(),
            &mut spent.lock().unwrap(),
        );
    }
    (StatusCode::from_u16(status).unwrap(), json)
}

/// Adds up what the engine says: of one table, or of a list of them.
fn spend(consumed: &Value, target: &str, spent: &mut Units) {
    let is_read =
        ["GetItem", "BatchGetItem", "Query"].iter().any(|read| target.ends_with(&format!(".{read}")));
    let tables = consumed.as_array().cloned().unwrap_or_else(|| vec![consumed.clone()]);
    let units: f64 = tables.iter().filter_map(|table| table["CapacityUnits"].as_f64()).sum();
    *(if is_read { &mut spent.read } else { &mut spent.write }) += units;
}

/// A function, warm until it is dropped.
pub struct LambdaFunction {
    simulator: Simulator,
    process: Child,
}

impl LambdaFunction {
    pub async fn start(program: &str, tables: &DynamoDbServer) -> Self {
        Self::start_with(program, tables, &[]).await
    }

    /// With variables of one's own.
    pub async fn start_with(program: &str, tables: &DynamoDbServer, variables: &[(&str, &str)]) -> Self {
        Self::start_with_log(program, tables, variables, [Stdio::null(), Stdio::null()]).await
    }

    /// With places for standard output and standard error.
    pub async fn start_with_log(
        program: &str,
        tables: &DynamoDbServer,
        variables: &[(&str, &str)],
        [out, err]: [Stdio; 2],
    ) -> Self {
        let simulator = Simulator::builder().function_name("test").build().await.unwrap();
        let api = simulator.runtime_api_url();
        let process = Command::new(program)
            .envs(simulator.lambda_env_vars())
            .env("AWS_LAMBDA_RUNTIME_API", api.trim_start_matches("http://"))
            .env("AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH", "true")
            .env("AWS_ACCESS_KEY_ID", "x")
            .env("AWS_SECRET_ACCESS_KEY", "x")
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ENDPOINT_URL_DYNAMODB", &tables.url)
            .env("WISHBOARD_TABLE", "wishboard")
            .env("WISHBOARD_ISSUER", ISSUER)
            .env("WISHBOARD_ORIGINS", SITE)
            .env("WISHBOARD_EDGE_SECRET", EDGE_SECRET)
            .envs(variables.iter().copied())
            .stdout(out)
            .stderr(err)
            .spawn()
            .unwrap();
        Self { simulator, process }
    }

    /// What the function answers, or the message of its error.
    pub async fn invoke(&self, event: Value) -> Result<Value, String> {
        let id = self.simulator.enqueue_payload(event).await;
        let done = self.simulator.wait_for_invocation_complete(&id, Duration::from_secs(20)).await.unwrap();
        match done.status {
            InvocationStatus::Success => Ok(done.response.unwrap().payload),
            _ => Err(done.error.unwrap().error_message),
        }
    }
}

impl Drop for LambdaFunction {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A request, as both kinds of API Gateway tell it.
#[derive(Clone, Default)]
pub struct GatewayRequest {
    pub method: &'static str,
    pub path: String,
    pub query: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub cookie: Option<String>,
    pub body: Option<String>,
    pub base64: bool,
    pub source: &'static str,
}

impl GatewayRequest {
    pub fn new(method: &'static str, path: &str) -> Self {
        Self { method, path: path.to_owned(), source: "192.0.2.1", ..Self::default() }
    }

    pub fn json(mut self, body: &Value) -> Self {
        self.body = Some(body.to_string());
        self.with("content-type", "application/json")
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// "Working with AWS Lambda proxy integrations for HTTP APIs", Amazon API Gateway Developer Guide.
    pub fn v2(&self) -> Value {
        // Headers of one name are joined.
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
                    "sourceIp": self.source, "userAgent": "test"},
            },
            "body": self.body,
            "isBase64Encoded": self.base64,
        })
    }

    /// "Input format of a Lambda function for proxy integration", the same guide.
    pub fn v1(&self) -> Value {
        let mut multi = serde_json::Map::new();
        let cookie = self.cookie.iter().map(|cookie| ("cookie", cookie.clone()));
        for (name, value) in self.headers.iter().map(|(name, value)| (*name, value.clone())).chain(cookie) {
            multi.entry(name).or_insert_with(|| json!([])).as_array_mut().unwrap().push(value.into());
        }
        let query: Vec<(&str, &str)> =
            self.query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        json!({
            "resource": "/{proxy+}",
            "path": self.path,
            "httpMethod": self.method,
            "headers": {},
            "multiValueHeaders": multi,
            "queryStringParameters": query.iter().copied().collect::<std::collections::HashMap<_, _>>(),
            "multiValueQueryStringParameters":
                query.iter().map(|(name, value)| (*name, [*value])).collect::<std::collections::HashMap<_, _>>(),
            "pathParameters": null,
            "stageVariables": null,
            "requestContext": {
                "accountId": "123456789012", "apiId": "abc", "resourceId": "x", "stage": "prod",
                "path": format!("/prod{}", self.path), "resourcePath": "/{proxy+}", "httpMethod": self.method,
                "requestId": "id", "protocol": "HTTP/1.1", "requestTimeEpoch": 1_583_348_638_390_i64,
                "identity": {"sourceIp": self.source, "userAgent": "test"},
            },
            "body": self.body,
            "isBase64Encoded": self.base64,
        })
    }
}
