//! The embedded database as a DynamoDB server, for the Lambda functions and the program `keys`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use api::local::dynamodb_engine::Engine;
use api::store::Store;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::database::TestDatabase;
use super::key_ring::create_tables_with_key_ring;

/// A server on its own port. Its tables contain only the key ring of the tests.
pub struct DynamoDbServer {
    pub url: String,
    pub store: Store,
    pub database: TestDatabase,
    shared: Shared,
}

/// The state that the handler and the test share.
#[derive(Clone)]
struct Shared {
    engine: Engine,
    consumed: Arc<Mutex<CapacityUnits>>,
    failing_operation: Arc<Mutex<&'static str>>,
    assumed_role: Arc<Mutex<Option<String>>>,
    requests: Arc<Mutex<Vec<(String, bool)>>>,
}

/// Consumed read and write capacity units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CapacityUnits {
    pub read: f64,
    pub write: f64,
}

impl DynamoDbServer {
    pub async fn start() -> Self {
        let database = TestDatabase::new();
        let engine = database.engine();
        let store = Store::new(engine.clone().client(), "wishboard", 1);
        create_tables_with_key_ring(&store).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let shared = Shared {
            engine,
            consumed: Arc::default(),
            failing_operation: Arc::default(),
            assumed_role: Arc::default(),
            requests: Arc::default(),
        };
        let router = Router::new().fallback(handle).with_state(shared.clone());
        tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        Self { url, store, database, shared }
    }

    /// Makes requests for this operation fail with status 500. After a call with an empty string, no requests fail.
    pub fn fail_operation(&self, operation: &'static str) {
        *self.shared.failing_operation.lock().unwrap() = operation;
    }

    /// Returns the ARN of the role that a client has assumed since the last call.
    pub fn take_assumed_role(&self) -> Option<String> {
        self.shared.assumed_role.lock().unwrap().take()
    }

    /// Returns the operations since the last call, and whether each used the credentials of an assumed role.
    pub fn take_requests(&self) -> Vec<(String, bool)> {
        std::mem::take(&mut self.shared.requests.lock().unwrap())
    }

    /// Returns the units that requests have consumed since the last call.
    pub fn take_consumed_units(&self) -> CapacityUnits {
        std::mem::take(&mut self.shared.consumed.lock().unwrap())
    }
}

/// The access key of assumed roles.
const ROLE_ACCESS_KEY: &str = "ASIAROLE";

/// Answers one request: `X-Amz-Target` names the operation. Only a request to STS has no such header.
async fn handle(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> (StatusCode, String) {
    let Some(target) = headers.get("x-amz-target") else {
        return assume_role(&shared, &body);
    };
    let target = target.to_str().unwrap().to_owned();
    let operation = target.split('.').nth(1).unwrap().to_owned();
    let uses_role =
        headers["authorization"].to_str().unwrap().contains(&format!("Credential={ROLE_ACCESS_KEY}/"));
    shared.requests.lock().unwrap().push((operation.clone(), uses_role));
    if operation == *shared.failing_operation.lock().unwrap() {
        return (StatusCode::INTERNAL_SERVER_ERROR, "{}".to_owned());
    }
    let mut request: Value = serde_json::from_slice(&body).unwrap();
    request["ReturnConsumedCapacity"] = json!("TOTAL");
    let engine = shared.engine.clone();
    let handled =
        tokio::task::spawn_blocking(move || engine.handle(&target, request.to_string().as_bytes())).await;
    let (status, response) = handled.unwrap();
    if let Ok(response) = serde_json::from_str::<Value>(&response) {
        let units = capacity_units(&response["ConsumedCapacity"]);
        let mut consumed = shared.consumed.lock().unwrap();
        match operation.as_str() {
            "GetItem" | "BatchGetItem" | "Query" => consumed.read += units,
            _ => consumed.write += units,
        }
    }
    (StatusCode::from_u16(status).unwrap(), response)
}

/// Answers `AssumeRole` of STS, whose requests are forms and whose responses are XML ("AssumeRole", AWS Security Token
/// Service API Reference).
fn assume_role(shared: &Shared, body: &[u8]) -> (StatusCode, String) {
    let form: HashMap<String, String> = url::form_urlencoded::parse(body).into_owned().collect();
    assert_eq!(form["Action"], "AssumeRole");
    if *shared.failing_operation.lock().unwrap() == "AssumeRole" {
        let error =
            "<Code>AccessDenied</Code><Message>User is not authorized to perform: sts:AssumeRole</Message>";
        return (StatusCode::FORBIDDEN, format!("<ErrorResponse><Error>{error}</Error></ErrorResponse>"));
    }
    *shared.assumed_role.lock().unwrap() = Some(form["RoleArn"].clone());
    let credentials = format!(
        "<AccessKeyId>{ROLE_ACCESS_KEY}</AccessKeyId><SecretAccessKey>x</SecretAccessKey>\
         <SessionToken>x</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
    );
    let result = format!("<AssumeRoleResult><Credentials>{credentials}</Credentials></AssumeRoleResult>");
    (StatusCode::OK, format!("<AssumeRoleResponse>{result}</AssumeRoleResponse>"))
}

/// Returns the sum of the units of one table or of a list of tables.
fn capacity_units(consumed: &Value) -> f64 {
    let tables = consumed.as_array().map_or(std::slice::from_ref(consumed), Vec::as_slice);
    tables.iter().filter_map(|table| table["CapacityUnits"].as_f64()).sum()
}
