//! The embedded database as a DynamoDB server, for the Lambda functions and the program `keys`.

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
        let shared = Shared { engine, consumed: Arc::default(), failing_operation: Arc::default() };
        let router = Router::new().fallback(handle).with_state(shared.clone());
        tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        Self { url, store, database, shared }
    }

    /// Makes requests for this operation fail with status 500. After a call with an empty string, no requests fail.
    pub fn fail_operation(&self, operation: &'static str) {
        *self.shared.failing_operation.lock().unwrap() = operation;
    }

    /// Returns the units that requests have consumed since the last call.
    pub fn take_consumed_units(&self) -> CapacityUnits {
        std::mem::take(&mut self.shared.consumed.lock().unwrap())
    }
}

/// Answers one request: `X-Amz-Target` names the operation.
async fn handle(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> (StatusCode, String) {
    let target = headers["x-amz-target"].to_str().unwrap().to_owned();
    let operation = target.split('.').nth(1).unwrap().to_owned();
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

/// Returns the sum of the units of one table or of a list of tables.
fn capacity_units(consumed: &Value) -> f64 {
    let tables = consumed.as_array().map_or(std::slice::from_ref(consumed), Vec::as_slice);
    tables.iter().filter_map(|table| table["CapacityUnits"].as_f64()).sum()
}
