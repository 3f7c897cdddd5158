//! Rotations of the signing keys that fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use api::clock::Clock;
use api::local::dynamodb_engine::Engine;
use api::signing_keys::key_ring::KeyRing;
use api::signing_keys::rotation;
use api::signing_keys::rotation_schedule::KeyRingChange;
use api::store::Store;
use api::web::error::Error;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::rotation::{DAY, LONGER_THAN_MAX_SNAPSHOT_AGE, kid_of, stored_version};
use crate::support::database::client_with_responses;
use crate::support::dynamodb_server::DynamoDbServer;
use crate::support::gateway::{GatewayRequest, Payload};
use crate::support::key_ring::{engine_with_key_ring, set_key_ring_creation, test_key_ring};
use crate::support::lambda::{API, LambdaFunction, SITE};
use crate::support::wait_until;

/// Returns a store that answers each transaction with this error, and the number of these transactions.
fn store_with_failing_transactions(engine: Engine, error: Value) -> (Store, Arc<AtomicUsize>) {
    let transactions = Arc::new(AtomicUsize::new(0));
    let counter = transactions.clone();
    let client = client_with_responses(engine, move |request| {
        let is_transaction = request.headers().get("x-amz-target")?.ends_with(".TransactWriteItems");
        is_transaction.then(|| {
            counter.fetch_add(1, Ordering::SeqCst);
            (400, error.to_string())
        })
    });
    (Store::new(client, "wishboard", 1), transactions)
}

#[tokio::test]
async fn a_rotation_that_fails_is_attempted_again_only_after_the_key_ring_is_read_again() {
    let error = json!({"__type": "ValidationException", "Message": "refused"});
    let (store, transactions) = store_with_failing_transactions(engine_with_key_ring().await, error);
    let clock = Clock::default();
    clock.advance(DAY * 31);
    let key_ring = KeyRing::new(store, clock.clone());
    for expected in 1..=2 {
        wait_until("a rotation fails", async || {
            key_ring.signer().await.unwrap();
            transactions.load(Ordering::SeqCst) == expected
        })
        .await;
        for _ in 0..5 {
            assert_eq!(key_ring.signer().await.unwrap().0, test_key_ring().0.current);
        }
        assert_eq!(transactions.load(Ordering::SeqCst), expected);
        clock.advance(LONGER_THAN_MAX_SNAPSHOT_AGE);
    }
}

#[tokio::test]
async fn a_change_that_loses_five_attempts_is_given_up() {
    let error = json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "Message": "cancelled",
        "CancellationReasons": [{"Code": "ConditionalCheckFailed"}, {"Code": "ConditionalCheckFailed"}],
    });
    let (store, transactions) = store_with_failing_transactions(engine_with_key_ring().await, error);
    let result = rotation::apply(&store, KeyRingChange::RemoveExpired, Timestamp::now()).await;
    assert!(matches!(result, Err(Error::Busy)), "{result:?}");
    assert_eq!(transactions.load(Ordering::SeqCst), 5);
}

#[tokio::test]
async fn the_current_key_keeps_signing_if_the_rotation_fails() {
    let database = DynamoDbServer::start().await;
    let lambda = LambdaFunction::start(API, &database).await;
    let signed_up = lambda.send(Payload::V2, &GatewayRequest::sign_up("ann")).await;
    set_key_ring_creation(&database.store, Timestamp::now() - DAY * 31).await;
    database.fail_operation("TransactWriteItems");
    let lambda = LambdaFunction::start(API, &database).await;
    let refresh = GatewayRequest::new("POST", "/api/token").with("origin", SITE);
    let refreshed = lambda.send(Payload::V2, &refresh.with_cookie(signed_up.cookie())).await;
    assert_eq!(refreshed.status(), 200, "{refreshed:?}");
    assert_eq!(kid_of(&refreshed.token()), test_key_ring().0.current);
    assert_eq!(stored_version(&database.store).await, 1);
}
