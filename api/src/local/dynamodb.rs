//! A DynamoDB inside this process: the SDK's requests are answered by an embedded engine (SQLite
//! underneath) instead of going over a network. There is no port, so no other process and no web
//! page can reach the data.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
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

use crate::local::data_folder;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::MissedTickBehavior;

/// Why the data can't be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it.
    #[error(
        "another Wishboard already uses the data in {0}; end it, or set WISHBOARD_DATA to another folder"
    )]
    InUse(String),
    /// The folder can't be made or written to.
    #[error("the folder {0} can't be used: {1}; set WISHBOARD_DATA to one that can")]
    OpenDatabase(String, #[source] io::Error),
    /// The file is there and is not a database.
    #[error("the database in {0} can't be opened: {1}")]
    Database(String, #[source] DynoxideError),
}

/// The database in a folder, for as long as this is kept: no other process opens it meanwhile.
pub struct OpenDatabase {
    /// What talks to it.
    pub client: Client,
    /// What answers.
    pub engine: Engine,
    _lock: File,
}

impl OpenDatabase {
    /// Opens the database in this folder, and makes both if they are not there.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let name = folder.display().to_string();
        let unusable = |error| OpenError::OpenDatabase(name.clone(), error);
        let lock = data_folder::create(folder).map_err(unusable)?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => OpenError::InUse(name.clone()),
            TryLockError::Error(error) => unusable(error),
        })?;
        let file = data_folder::create_database(folder).map_err(unusable)?;
        let database =
            Database::new(&file.to_string_lossy()).map_err(|error| OpenError::Database(name, error))?;
        let engine = Engine(database);
        Ok(Self { client: engine.clone().client(), engine, _lock: lock })
    }
}

/// The engine. Cheap to clone; gone with its last clone, if it is in memory.
#[derive(Clone)]
pub struct Engine(Database);

impl Engine {
    /// An engine with an empty database in memory.
    ///
    /// # Errors
    /// When the engine can't start.
    pub fn in_memory() -> Result<Self, DynoxideError> {
        Database::memory().map(Self)
    }

    /// An SDK client that this engine answers.
    pub fn client(self) -> Client {
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("local"))
            .credentials_provider(Credentials::new("local", "local", None, None, "embedded"))
            .http_client(self)
            // There is no network that could stall. Under load, the SDK would give up on requests that
            // have waited for a thread for 20 seconds.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .build();
        Client::from_conf(config)
    }

    /// The status and the JSON that DynamoDB answers a request with. `target` is the header
    /// `X-Amz-Target`, as `DynamoDB_20120810.GetItem`. Blocks while it works.
    pub fn handle(&self, target: &str, body: &[u8]) -> (u16, String) {
        let operation = target.rsplit('.').next().unwrap_or_default();
        match run(&self.0, operation, body) {
            Ok(json) => (200, json),
            Err(error) => (error.status_code(), error.to_json()),
        }
    }
}

/// An engine over a database that the caller keeps a handle to.
impl From<Database> for Engine {
    fn from(database: Database) -> Self {
        Self(database)
    }
}

/// Deletes items whose time to live is over, once per interval, and never returns. DynamoDB does this
/// by itself; the engine does not.
pub async fn delete_expired(engine: Engine, interval: Duration) {
    let mut ticks = tokio::time::interval(interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let Engine(database) = engine.clone();
        match tokio::task::spawn_blocking(move || database.sweep_ttl()).await {
            Ok(Ok(deleted)) => tracing::debug!(deleted, "deleted expired items"),
            Ok(Err(error)) => tracing::warn!(%error, "could not delete expired items"),
            Err(error) => tracing::warn!(%error, "could not delete expired items"),
        }
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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
        let handle = tokio::task::spawn_blocking(move || {
            let target = request.headers().get("x-amz-target").unwrap_or_default();
            engine.handle(target, request.body().bytes().unwrap_or_default())
        });
        HttpConnectorFuture::new(async move {
            let other = |error: Box<dyn std::error::Error + Send + Sync>| ConnectorError::other(error, None);
            let (status, json) = handle.await.map_err(|panicked| other(panicked.into()))?;
            let status = StatusCode::try_from(status).map_err(|error| other(error.into()))?;
            Ok(HttpResponse::new(status, SdkBody::from(json)))
        })
    }
}

fn run(db: &Database, operation: &str, body: &[u8]) -> Result<String, DynoxideError> {
    match operation {
        "BatchGetItem" => with(body, |request| db.batch_get_item(request)),
        "BatchWriteItem" => with(body, |request| db.batch_write_item(request)),
        "CreateTable" => with(body, |request| db.create_table(request)),
        "DeleteItem" => with(body, |request| db.delete_item(request)),
        "DescribeTable" => with(body, |request| db.describe_table(request)),
        "GetItem" => with(body, |request| db.get_item(request)),
        "PutItem" => with(body, |request| db.put_item(request)),
        "Query" => with(body, |request| db.query(request)),
        "TransactWriteItems" => with(body, |request| db.transact_write_items(request)),
        "UpdateItem" => with(body, |request| db.update_item(request)),
        "UpdateTimeToLive" => with(body, |request| db.update_time_to_live(request)),
        other => Err(DynoxideError::ValidationException(format!("{other} is not used here"))),
    }
}

fn with<Q: DeserializeOwned, A: Serialize>(
    body: &[u8],
    operation: impl FnOnce(Q) -> Result<A, DynoxideError>,
) -> Result<String, DynoxideError> {
    let request =
        serde_json::from_slice(body).map_err(|e| DynoxideError::SerializationException(e.to_string()))?;
    let handle = operation(request)?;
    serde_json::to_string(&handle).map_err(|e| DynoxideError::InternalServerError(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// To see it happen, a request would have to wait for 20 seconds.
    #[test]
    fn the_sdk_waits_for_the_engine_however_long_it_takes() {
        let client = Engine::in_memory().unwrap().client();
        let protection = client.config().stalled_stream_protection().unwrap();
        assert!(!protection.is_enabled());
    }
}
