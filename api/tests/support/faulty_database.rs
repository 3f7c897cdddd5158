//! The embedded engine with faults: one call of the API to the database fails, is throttled or is slow.

use std::sync::{Arc, Mutex};

use api::lambda::dynamodb_client;
use api::local::dynamodb_engine::Engine;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryPartition;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};

use super::virtual_sleep::VirtualSleep;

/// What happens to an attempt of a call. The SDK makes up to four attempts of each call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The database responds with status 500 and does not apply the call.
    NotApplied,
    /// The database applies the call, but the connection breaks before the response.
    ResponseLost,
    /// The database refuses the call because there are too many.
    Throttled,
    /// The database applies the call, but its response does not arrive in time.
    Slow,
    /// The database returns no item of a BatchGetItem, and all keys as unprocessed. Other calls succeed.
    UnprocessedKeys,
}

/// Which attempts have the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The first attempt of the call; the SDK may retry it.
    FirstAttempt,
    /// All attempts of the call.
    AllAttempts,
    /// All attempts of the call and of all later calls.
    AllLaterCalls,
}

/// A fault of the call with this number, which begins with 1.
#[derive(Clone, Copy, Debug)]
pub struct PlannedFault {
    pub fault: Fault,
    pub extent: Extent,
    pub call: usize,
}

/// A database in which one fault can be planned at a time.
#[derive(Clone)]
pub struct FaultyDatabase {
    engine: Engine,
    progress: Arc<Mutex<Progress>>,
}

#[derive(Default)]
struct Progress {
    planned: Option<PlannedFault>,
    /// The calls since the fault was planned that can have it, by the id that all attempts of a call have in common.
    calls: Vec<String>,
}

impl FaultyDatabase {
    pub fn new(engine: Engine) -> Self {
        Self { engine, progress: Arc::default() }
    }

    /// Returns a client with the timeouts of the Lambda functions. Its waits take no real time.
    pub fn client(&self) -> Client {
        let config = self.engine.clone().client().config().to_builder();
        let config = config
            .http_client(self.clone())
            .timeout_config(dynamodb_client::timeouts())
            .sleep_impl(VirtualSleep::default())
            // Otherwise, failed calls would use up the retries of all clients in this process.
            .retry_partition(RetryPartition::custom("faulty").build());
        Client::from_conf(config.build())
    }

    /// Plans a fault, and counts the calls that can have it from now on.
    pub fn plan(&self, planned: PlannedFault) {
        *self.progress.lock().unwrap() = Progress { planned: Some(planned), calls: Vec::new() };
    }

    /// Ends the planned fault. Returns how many calls that can have it there have been since it was planned.
    pub fn end_fault(&self) -> usize {
        std::mem::take(&mut *self.progress.lock().unwrap()).calls.len()
    }

    /// Counts an attempt. Returns its fault.
    fn count_attempt(&self, request: &HttpRequest) -> Option<Fault> {
        let id = request.headers().get("amz-sdk-invocation-id").unwrap().to_owned();
        let progress = &mut *self.progress.lock().unwrap();
        let planned = progress.planned?;
        if planned.fault == Fault::UnprocessedKeys && operation(request) != "BatchGetItem" {
            return None;
        }
        let position = progress.calls.iter().position(|call| *call == id);
        let is_first_attempt = position.is_none();
        let number = position.unwrap_or(progress.calls.len()) + 1;
        if is_first_attempt {
            progress.calls.push(id);
        }
        let is_faulty = match planned.extent {
            Extent::FirstAttempt => number == planned.call && is_first_attempt,
            Extent::AllAttempts => number == planned.call,
            Extent::AllLaterCalls => number >= planned.call,
        };
        is_faulty.then_some(planned.fault)
    }
}

impl HttpConnector for FaultyDatabase {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Some(fault) = self.count_attempt(&request) else { return self.engine.call(request) };
        let engine = self.engine.clone();
        HttpConnectorFuture::new(async move {
            match fault {
                Fault::NotApplied => Ok(response(500, &json!({"__type": "InternalServerError"}))),
                Fault::Throttled => Ok(response(400, &throttling_error(&request))),
                Fault::UnprocessedKeys => Ok(response(200, &unprocessed_keys(&request))),
                Fault::ResponseLost => {
                    engine.call(request).await?;
                    Err(ConnectorError::io("the connection is broken".into()))
                }
                Fault::Slow => {
                    engine.call(request).await?;
                    std::future::pending().await
                }
            }
        })
    }
}

impl HttpClient for FaultyDatabase {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl std::fmt::Debug for FaultyDatabase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FaultyDatabase")
    }
}

/// Returns the name of the operation, for example `GetItem`.
pub fn operation(request: &HttpRequest) -> &str {
    request.headers().get("x-amz-target").unwrap_or_default().rsplit('.').next().unwrap_or_default()
}

fn body(request: &HttpRequest) -> Value {
    serde_json::from_slice(request.body().bytes().unwrap()).unwrap()
}

fn response(status: u16, body: &Value) -> HttpResponse {
    HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body.to_string()))
}

/// A throttled transaction has an error of its own, with a reason for each of its writes.
fn throttling_error(request: &HttpRequest) -> Value {
    if operation(request) != "TransactWriteItems" {
        return json!({"__type": "ThrottlingException", "message": "throttled"});
    }
    let writes = body(request)["TransactItems"].as_array().unwrap().len();
    let reasons = vec![json!({"Code": "ThrottlingError"}); writes];
    json!({"__type": "TransactionCanceledException", "Message": "throttled", "CancellationReasons": reasons})
}

fn unprocessed_keys(request: &HttpRequest) -> Value {
    json!({"Responses": {}, "UnprocessedKeys": body(request)["RequestItems"]})
}
