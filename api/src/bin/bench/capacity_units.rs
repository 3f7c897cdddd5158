//! Counts the read and write units that requests would consume in DynamoDB, as the embedded engine reports them.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use api::local::dynamodb_engine::Engine;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::RuntimeComponents;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};

/// Consumed units.
#[derive(Clone, Copy, Debug, Default)]
pub struct CapacityUnits {
    read: f64,
    write: f64,
}

impl fmt::Display for CapacityUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.read, self.write)
    }
}

/// An engine that counts the units of all requests.
#[derive(Clone, Debug)]
pub struct MeteredEngine {
    engine: Engine,
    consumed: Arc<Mutex<CapacityUnits>>,
}

impl MeteredEngine {
    pub fn new(engine: Engine) -> Self {
        Self { engine, consumed: Arc::default() }
    }

    /// Returns an SDK client whose requests are counted.
    pub fn client(&self) -> Client {
        let config = self.engine.clone().client().config().to_builder().http_client(self.clone()).build();
        Client::from_conf(config)
    }

    /// Returns the units since the last call.
    pub fn take(&self) -> CapacityUnits {
        std::mem::take(&mut self.consumed.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Answers a request as the engine does, and adds its units.
    fn handle(&self, request: &HttpRequest) -> serde_json::Result<HttpResponse> {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let mut body: Value = serde_json::from_slice(request.body().bytes().unwrap_or_default())?;
        body["ReturnConsumedCapacity"] = json!("TOTAL");
        let (status, response) = self.engine.handle(target, body.to_string().as_bytes());
        let units = capacity_units(&serde_json::from_str::<Value>(&response)?["ConsumedCapacity"]);
        let mut consumed = self.consumed.lock().unwrap_or_else(PoisonError::into_inner);
        match target.rsplit('.').next() {
            Some("GetItem" | "BatchGetItem" | "Query") => consumed.read += units,
            _ => consumed.write += units,
        }
        let status = http::StatusCode::from_u16(status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
        Ok(HttpResponse::new(status.into(), SdkBody::from(response)))
    }
}

/// Returns the sum of the units of one table or of a list of tables.
fn capacity_units(consumed: &Value) -> f64 {
    let tables = consumed.as_array().map_or(std::slice::from_ref(consumed), Vec::as_slice);
    tables.iter().filter_map(|table| table["CapacityUnits"].as_f64()).sum()
}

impl HttpClient for MeteredEngine {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for MeteredEngine {
    /// Blocks the calling thread. This is acceptable because only one request runs at a time.
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let response = self.handle(&request);
        HttpConnectorFuture::ready(response.map_err(|error| ConnectorError::other(error.into(), None)))
    }
}
