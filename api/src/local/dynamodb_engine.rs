//! An embedded DynamoDB engine: it answers the requests of the AWS SDK in the same process and stores items in SQLite.
//!
//! It opens no port, so no other process and no web page can access the data.

use std::fmt;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, StalledStreamProtectionConfig};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::MissedTickBehavior;

/// The engine. Cloning is cheap. A database in memory is deleted with the last clone.
#[derive(Clone)]
pub struct Engine(Database);

impl Engine {
    /// Creates an engine with an empty database in memory.
    ///
    /// # Errors
    /// If the engine cannot start.
    pub fn in_memory() -> Result<Self, DynoxideError> {
        Database::memory().map(Self)
    }

    /// Returns an SDK client whose requests this engine answers.
    pub fn client(self) -> Client {
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("local"))
            .credentials_provider(Credentials::new("local", "local", None, None, "embedded"))
            .http_client(self)
            // There is no network that could stall. Under load, the SDK would cancel a request that waits for a thread
            // for more than 20 seconds.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .build();
        Client::from_conf(config)
    }

    /// Answers one request of the DynamoDB API and returns the status and the JSON body. Blocks the calling thread.
    ///
    /// `target` is the header `X-Amz-Target`, for example `DynamoDB_20120810.GetItem`.
    pub fn handle(&self, target: &str, body: &[u8]) -> (u16, String) {
        let operation = target.rsplit('.').next().unwrap_or_default();
        match dispatch(&self.0, operation, body) {
            Ok(json) => (200, json),
            Err(error) => (error.status_code(), error.to_json()),
        }
    }
}

/// Wraps a database. The caller may keep a handle to it.
impl From<Database> for Engine {
    fn from(database: Database) -> Self {
        Self(database)
    }
}

/// Deletes expired items periodically, and never returns. DynamoDB does this automatically, but the engine does not.
pub async fn delete_expired(engine: Engine, interval: Duration) {
    let mut ticks = tokio::time::interval(interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let Engine(database) = engine.clone();
        match tokio::task::spawn_blocking(move || database.sweep_ttl()).await {
            Ok(Ok(deleted)) => tracing::debug!(deleted, "deleted expired items"),
            Ok(Err(error)) => tracing::warn!(%error, "cannot delete expired items"),
            Err(error) => tracing::warn!(%error, "cannot delete expired items"),
        }
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Engine")
    }
}

impl HttpClient for Engine {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Engine {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let engine = self.clone();
        let reply = tokio::task::spawn_blocking(move || {
            let target = request.headers().get("x-amz-target").unwrap_or_default();
            engine.handle(target, request.body().bytes().unwrap_or_default())
        });
        HttpConnectorFuture::new(async move {
            let other = |error: Box<dyn std::error::Error + Send + Sync>| ConnectorError::other(error, None);
            let (status, json) = reply.await.map_err(|panicked| other(panicked.into()))?;
            let status = StatusCode::try_from(status).map_err(|error| other(error.into()))?;
            Ok(HttpResponse::new(status, SdkBody::from(json)))
        })
    }
}

/// Calls the engine's function for an operation. Supports the operations that the API and its tests use.
fn dispatch(db: &Database, operation: &str, body: &[u8]) -> Result<String, DynoxideError> {
    match operation {
        "BatchGetItem" => call(body, |request| db.batch_get_item(request)),
        "BatchWriteItem" => call(body, |request| db.batch_write_item(request)),
        "CreateTable" => call(body, |request| db.create_table(request)),
        "DeleteItem" => call(body, |request| db.delete_item(request)),
        "DescribeTable" => call(body, |request| db.describe_table(request)),
        "GetItem" => call(body, |request| db.get_item(request)),
        "PutItem" => call(body, |request| db.put_item(request)),
        "Query" => call(body, |request| db.query(request)),
        "TransactWriteItems" => call(body, |request| db.transact_write_items(request)),
        "UpdateItem" => call(body, |request| db.update_item(request)),
        "UpdateTimeToLive" => call(body, |request| db.update_time_to_live(request)),
        other => Err(DynoxideError::ValidationException(format!("{other} is not supported"))),
    }
}

/// Deserializes a request, calls a function with it, and serializes the response.
fn call<Request: DeserializeOwned, Response: Serialize>(
    body: &[u8],
    function: impl FnOnce(Request) -> Result<Response, DynoxideError>,
) -> Result<String, DynoxideError> {
    let request = serde_json::from_slice(body)
        .map_err(|error| DynoxideError::SerializationException(error.to_string()))?;
    serde_json::to_string(&function(request)?)
        .map_err(|error| DynoxideError::InternalServerError(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the setting, because a request that shows its effect would take 20 seconds.
    #[test]
    fn the_sdk_waits_for_the_engine_without_a_limit() {
        let client = Engine::in_memory().unwrap().client();
        let protection = client.config().stalled_stream_protection().unwrap();
        assert!(!protection.is_enabled());
    }
}
