//! The database of a test app: its items, and the requests that the API has sent to it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use api::local::dynamodb_engine::Engine;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use dynoxide::Database;
use serde_json::{Value, json};

/// The main table, and the table of the key ring.
const TABLES: [&str; 2] = ["wishboard", "wishboard-keys"];

/// All items of all tables, in DynamoDB's JSON, by their table and key.
pub type Contents = BTreeMap<(&'static str, String), Value>;

/// A database in memory. It is empty at first.
#[derive(Clone)]
pub struct TestDatabase {
    database: Database,
    requests: RequestRecorder,
}

/// One request of the API to the database.
#[derive(Clone, Debug)]
pub struct Request {
    /// For example `GetItem`.
    pub operation: String,
    pub has_condition: bool,
    target: String,
    body: Vec<u8>,
}

impl Request {
    pub fn is_write(&self) -> bool {
        !["GetItem", "BatchGetItem", "Query"].contains(&self.operation.as_str())
    }
}

impl TestDatabase {
    pub fn new() -> Self {
        Self { database: Database::memory().unwrap(), requests: RequestRecorder::default() }
    }

    pub fn engine(&self) -> Engine {
        Engine::from(self.database.clone())
    }

    /// Returns a client whose requests are recorded.
    pub fn client(&self) -> Client {
        let config = self.engine().client().config().to_builder().interceptor(self.requests.clone()).build();
        Client::from_conf(config)
    }

    /// Returns the requests since the last call.
    pub fn take_requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.requests.0.lock().unwrap())
    }

    /// Returns the names of the operations since the last call, in order.
    pub fn take_operations(&self) -> Vec<String> {
        self.take_requests().into_iter().map(|request| request.operation).collect()
    }

    /// Sends requests again that another database has recorded.
    pub fn replay(&self, requests: &[Request]) {
        for Request { target, body, .. } in requests {
            let (status, response) = self.engine().handle(target, body);
            assert_eq!(status, 200, "{response}");
        }
    }

    /// Returns all items of the main table whose key begins with `prefix`, in DynamoDB's JSON, by their keys.
    pub fn items(&self, prefix: &str) -> BTreeMap<String, Value> {
        self.items_of_table(TABLES[0], prefix)
    }

    /// As [`items`](Self::items), of this table.
    pub fn items_of_table(&self, table: &str, prefix: &str) -> BTreeMap<String, Value> {
        let mut items = self.scan(table);
        items.retain(|key, _| key.starts_with(prefix));
        items
    }

    /// Returns all items of all tables.
    pub fn contents(&self) -> Contents {
        let items = |table| self.scan(table).into_iter().map(move |(key, item)| ((table, key), item));
        TABLES.into_iter().flat_map(items).collect()
    }

    /// Deletes, restores and changes items until the tables have exactly these contents.
    pub fn restore(&self, contents: &Contents) {
        let current = self.contents();
        for (table, key) in current.keys().filter(|key| !contents.contains_key(key)) {
            let request = json!({"TableName": table, "Key": {"pk": {"S": key}}});
            self.database.delete_item(serde_json::from_value(request).unwrap()).unwrap();
        }
        for (key, item) in contents.iter().filter(|(key, item)| current.get(key) != Some(item)) {
            self.put(key.0, item);
        }
    }

    /// Stores an item in DynamoDB's JSON.
    pub fn put_item(&self, item: &Value) {
        self.put(TABLES[0], item);
    }

    fn put(&self, table: &str, item: &Value) {
        let request = serde_json::from_value(json!({"TableName": table, "Item": item})).unwrap();
        self.database.put_item(request).unwrap();
    }

    fn scan(&self, table: &str) -> BTreeMap<String, Value> {
        let mut items = BTreeMap::new();
        let mut request = json!({"TableName": table});
        loop {
            let page = self.database.scan(serde_json::from_value(request.clone()).unwrap()).unwrap();
            let page = serde_json::to_value(page).unwrap();
            for item in page["Items"].as_array().unwrap() {
                items.insert(item["pk"]["S"].as_str().unwrap().to_owned(), item.clone());
            }
            if page["LastEvaluatedKey"].is_null() {
                return items;
            }
            request["ExclusiveStartKey"] = page["LastEvaluatedKey"].clone();
        }
    }
}

/// Returns a number attribute of an item.
#[track_caller]
pub fn number_attribute(item: &Value, attribute: &str) -> i64 {
    item[attribute]["N"].as_str().unwrap().parse().unwrap()
}

/// Returns a client of this engine that answers some requests itself: those for which `respond` returns a status and a
/// body.
pub fn client_with_responses(
    engine: Engine,
    respond: impl Fn(&HttpRequest) -> Option<(u16, String)> + Send + Sync + 'static,
) -> Client {
    let connector = Connector { engine: engine.clone(), respond: Arc::new(respond) };
    Client::from_conf(engine.client().config().to_builder().http_client(connector).build())
}

type Respond = dyn Fn(&HttpRequest) -> Option<(u16, String)> + Send + Sync;

#[derive(Clone)]
struct Connector {
    engine: Engine,
    respond: Arc<Respond>,
}

impl std::fmt::Debug for Connector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Connector")
    }
}

impl HttpClient for Connector {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        match (self.respond)(&request) {
            None => self.engine.call(request),
            Some((status, body)) => {
                let response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
                HttpConnectorFuture::ready(Ok(response))
            }
        }
    }
}

/// Records each request just before it is sent.
#[derive(Clone, Debug, Default)]
struct RequestRecorder(Arc<Mutex<Vec<Request>>>);

impl Intercept for RequestRecorder {
    fn name(&self) -> &'static str {
        "RequestRecorder"
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
        let body = request.body().bytes().unwrap_or_default();
        let has_condition = serde_json::from_slice::<Value>(body)?.get("ConditionExpression").is_some();
        let (target, body) = (target.to_owned(), body.to_vec());
        self.0.lock().unwrap().push(Request { operation, has_condition, target, body });
        Ok(())
    }
}
