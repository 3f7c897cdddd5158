//! The database of a test: what it holds, and which requests the API has sent to it.

use std::sync::{Arc, Mutex};

use api::local::dynamodb_engine::Engine;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use dynoxide::actions::scan::ScanRequest;
use dynoxide::{AttributeValue, Database};
use serde_json::Value;

/// An empty database in memory.
#[derive(Clone)]
pub struct TestDatabase {
    database: Database,
    requests: Requests,
}

/// One request of the API to the database.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GetItem`, `UpdateItem` …
    pub operation: String,
    pub has_condition: bool,
}

impl Request {
    pub fn is_write(&self) -> bool {
        !["GetItem", "BatchGetItem", "Query"].contains(&self.operation.as_str())
    }
}

impl TestDatabase {
    pub fn new() -> Self {
        Self { database: Database::memory().unwrap(), requests: Requests::default() }
    }

    pub fn engine(&self) -> Engine {
        Engine::from(self.database.clone())
    }

    pub fn client(&self) -> Client {
        let config = self.engine().client().config().to_builder().interceptor(self.requests.clone()).build();
        Client::from_conf(config)
    }

    /// The requests since the last call.
    pub fn take_requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.requests.0.lock().unwrap())
    }

    /// The names of the operations since the last call, in order.
    pub fn take_operations(&self) -> Vec<String> {
        self.take_requests().into_iter().map(|request| request.operation).collect()
    }

    /// The engine itself, for what the API never does.
    pub fn engine_handle(&self) -> &Database {
        &self.database
    }

    /// All items of the table whose key begins so.
    pub fn items(&self, prefix: &str) -> Vec<dynoxide::Item> {
        let (mut items, mut start) = (Vec::new(), None);
        loop {
            let request = ScanRequest {
                table_name: "wishboard".to_owned(),
                exclusive_start_key: start,
                ..ScanRequest::default()
            };
            let page = self.database.scan(request).unwrap();
            items.extend(page.items.unwrap_or_default());
            start = page.last_evaluated_key;
            if start.is_none() {
                break;
            }
        }
        let starts_so =
            |item: &dynoxide::Item| matches!(&item["pk"], AttributeValue::S(pk) if pk.starts_with(prefix));
        items.into_iter().filter(starts_so).collect()
    }
}

/// Records each request just before it is sent.
#[derive(Clone, Debug, Default)]
struct Requests(Arc<Mutex<Vec<Request>>>);

impl Intercept for Requests {
    fn name(&self) -> &'static str {
        "requests of a test"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request();
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
        let body: Value = serde_json::from_slice(request.body().bytes().unwrap_or_default())?;
        let has_condition = body.get("ConditionExpression").is_some();
        self.0.lock().unwrap().push(Request { operation, has_condition });
        Ok(())
    }
}
