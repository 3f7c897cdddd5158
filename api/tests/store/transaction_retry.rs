//! Transactions that conflict with another request. The embedded database never reports this, so the tests fake the
//! responses.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use api::local::dynamodb_engine::Engine;
use api::store::Store;
use serde_json::json;

use crate::support::database::client_with_responses;

/// Ends two sessions in one transaction. DynamoDB cancels the first two requests for these reasons and accepts the
/// third. Returns whether the call succeeds, and how many requests it sends.
async fn end_sessions_with_cancellations(reasons: [&'static str; 2]) -> (bool, usize) {
    let requests = Arc::new(AtomicUsize::new(0));
    let counter = requests.clone();
    let client = client_with_responses(Engine::in_memory().unwrap(), move |_| {
        Some(match counter.fetch_add(1, Ordering::SeqCst) {
            0 | 1 => (400, cancellation(reasons)),
            _ => (200, "{}".to_owned()),
        })
    });
    let store = Store::new(client, "wishboard", 1);
    let is_ok = store.end_sessions(&["a", "b"]).await.is_ok();
    (is_ok, requests.load(Ordering::SeqCst))
}

fn cancellation(reasons: [&str; 2]) -> String {
    json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "Message": "cancelled",
        "CancellationReasons": reasons.map(|code| json!({"Code": code})),
    })
    .to_string()
}

#[tokio::test]
async fn a_conflicting_transaction_is_retried() {
    assert_eq!(end_sessions_with_cancellations(["None", "TransactionConflict"]).await, (true, 3));
}

#[tokio::test]
async fn a_transaction_whose_condition_failed_is_not_retried() {
    let reasons = ["ConditionalCheckFailed", "TransactionConflict"];
    assert_eq!(
        end_sessions_with_cancellations(reasons).await,
        (true, 1),
        "a session that has already ended is not an error"
    );
}
