//! Reading the stored key ring: how often, and which half.

use api::clock::Clock;
use api::signing_keys::key_ring::KeyRing;
use api::signing_keys::rotation;
use api::signing_keys::rotation_schedule::KeyRingChange;
use api::store::Store;
use api::store::key_ring::PrivateKeyRing;
use api::web::error::Error;
use jiff::SignedDuration;
use serde_json::json;

use super::rotation::{DAY, LONGER_THAN_MAX_SNAPSHOT_AGE};
use crate::support::database::{TestDatabase, client_with_responses};
use crate::support::key_ring::{create_tables_with_key_ring, engine_with_key_ring, test_key_ring};

/// The authorizer may read the item `ring#public` only (`deploy/`).
#[tokio::test]
async fn a_process_that_only_verifies_tokens_never_reads_the_private_keys() {
    let engine = engine_with_key_ring().await;
    let client = client_with_responses(engine, |request| {
        let body = String::from_utf8_lossy(request.body().bytes()?);
        let denied = json!({"__type": "AccessDeniedException", "Message": "denied"});
        (!body.contains("\"ring#public\"")).then(|| (400, denied.to_string()))
    });
    let (restricted, clock) = (Store::new(client, "wishboard", 1), Clock::default());
    let signs = KeyRing::new(restricted.clone(), clock.clone());
    assert!(signs.signer().await.is_err(), "signing needs the private keys");

    let key_ring = KeyRing::public(restricted, clock.clone());
    for _ in 0..2 {
        assert!(key_ring.verifier(&test_key_ring().0.current).await.unwrap().is_some());
        assert!(matches!(key_ring.signer().await, Err(Error::Internal(_))));
        clock.advance(LONGER_THAN_MAX_SNAPSHOT_AGE);
    }
}

/// The authorizer has no permission to write to the tables.
#[tokio::test]
async fn a_process_that_only_verifies_tokens_does_not_rotate_keys_that_are_due() {
    let database = TestDatabase::new();
    let (store, clock) = (Store::new(database.client(), "wishboard", 1), Clock::default());
    create_tables_with_key_ring(&store).await;
    let key_ring = KeyRing::public(store, clock.clone());
    clock.advance(DAY * 31);
    database.take_operations();
    key_ring.verifier(&test_key_ring().0.current).await.unwrap();
    assert_eq!(database.take_operations(), ["GetItem"], "only the public half is read");
}

#[tokio::test]
async fn the_key_ring_is_read_once_per_minute() {
    let database = TestDatabase::new();
    let (store, clock) = (Store::new(database.client(), "wishboard", 1), Clock::default());
    create_tables_with_key_ring(&store).await;
    let key_ring = KeyRing::new(store, clock.clone());
    for (seconds, expected) in [(61, &["GetItem"; 2][..]), (0, &[]), (40, &[]), (61, &["GetItem"; 2])] {
        clock.advance(SignedDuration::from_secs(seconds));
        database.take_operations();
        key_ring.verifier(&test_key_ring().0.current).await.unwrap();
        assert_eq!(database.take_operations(), expected, "after {seconds} more seconds");
    }
}

/// Such a process does not remove the retired key from the key ring.
#[tokio::test]
async fn a_process_that_only_verifies_tokens_accepts_a_retired_key_for_15_minutes() {
    let store = Store::new(engine_with_key_ring().await.client(), "wishboard", 1);
    let clock = Clock::default();
    let retired = &test_key_ring().0.current;
    rotation::apply(&store, KeyRingChange::Promote, clock.now()).await.unwrap();
    let key_ring = KeyRing::public(store, clock.clone());
    clock.advance(SignedDuration::from_mins(14));
    assert!(key_ring.verifier(retired).await.unwrap().is_some());
    clock.advance(SignedDuration::from_mins(2));
    assert!(key_ring.verifier(retired).await.unwrap().is_none());
}

#[tokio::test]
async fn halves_of_different_versions_are_not_used() {
    let database = TestDatabase::new();
    let store = Store::new(database.client(), "wishboard", 1);
    store.create_tables().await.unwrap();
    let (public, private) = test_key_ring().clone();
    store.create_key_ring(&public, &PrivateKeyRing { version: 2, ..private }).await.unwrap();
    database.take_operations();
    assert!(matches!(store.read_key_ring().await, Err(Error::Unavailable(_))));
    assert_eq!(database.take_operations(), ["GetItem"; 10], "five attempts");
}
