//! DynamoDB under contention, which the embedded engine never shows: the network's edge is scripted.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use api::store::Store;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;

/// Refuses so many times, then agrees.
#[derive(Clone, Debug)]
struct Contended {
    refusal: &'static str,
    left: Arc<AtomicUsize>,
}

impl HttpClient for Contended {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Contended {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let refuse =
            self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        let (status, body) = if refuse { (400, self.refusal) } else { (200, "{}") };
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body))))
    }
}

async fn end_a_session(refusal: &'static str) -> (bool, usize) {
    let left = Arc::new(AtomicUsize::new(2));
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("nowhere"))
        .credentials_provider(Credentials::new("x", "x", None, None, "test"))
        .http_client(Contended { refusal, left: left.clone() })
        .build();
    let store = Store::new(Client::from_conf(config), "wishboard", 1);
    (store.end_sessions(&["a", "b"]).await.is_ok(), left.load(Ordering::SeqCst))
}

#[tokio::test]
async fn a_transaction_in_anothers_way_is_tried_again() {
    let conflict = r#"{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"cancelled",
        "CancellationReasons":[{"Code":"None"},{"Code":"TransactionConflict","Message":"conflict"}]}"#;
    assert_eq!(end_a_session(conflict).await, (true, 0));
}

#[tokio::test]
async fn a_failed_condition_is_not() {
    let failed = r#"{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"cancelled",
        "CancellationReasons":[{"Code":"ConditionalCheckFailed"},{"Code":"TransactionConflict","Message":"conflict"}]}"#;
    assert_eq!(end_a_session(failed).await, (true, 1), "asked once; a session that is not there is no error");
}
