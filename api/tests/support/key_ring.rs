//! Key rings that the tests share, because generating RSA keys is slow.

use std::sync::OnceLock;

use api::local::dynamodb_engine::Engine;
use api::signing_keys::rotation;
use api::store::Store;
use api::store::key_ring::{PrivateKeyRing, PublicKeyRing};
use jiff::Timestamp;

type KeyRing = (PublicKeyRing, PrivateKeyRing);

/// Returns the key ring of all apps, servers and functions.
pub fn test_key_ring() -> &'static KeyRing {
    static KEY_RING: OnceLock<KeyRing> = OnceLock::new();
    KEY_RING.get_or_init(|| rotation::first_key_ring(Timestamp::now()).unwrap())
}

/// Creates the tables of a new database. They contain only the key ring of the tests.
pub async fn create_tables_with_key_ring(store: &Store) {
    store.create_tables().await.unwrap();
    let (public, private) = test_key_ring();
    assert!(store.create_key_ring(public, private).await.unwrap());
}

/// Returns a new database in memory that contains only the key ring of the tests.
pub async fn engine_with_key_ring() -> Engine {
    let engine = Engine::in_memory().unwrap();
    create_tables_with_key_ring(&Store::new(engine.clone().client(), "wishboard", 1)).await;
    engine
}

/// Replaces the key ring of the tests with another one that has no key in common with it.
pub async fn replace_test_key_ring(store: &Store) {
    static KEY_RING: OnceLock<KeyRing> = OnceLock::new();
    let (public, private) = KEY_RING.get_or_init(|| {
        let (public, private) = rotation::first_key_ring(Timestamp::now()).unwrap();
        (PublicKeyRing { version: 2, ..public }, PrivateKeyRing { version: 2, ..private })
    });
    assert!(store.replace_key_ring(1, public, private).await.unwrap());
}

/// Changes the stored key ring of the tests as if its keys had been generated at `created_at`.
pub async fn set_key_ring_creation(store: &Store, created_at: Timestamp) {
    let (mut public, private) = test_key_ring().clone();
    for key in public.keys.values_mut() {
        key.published_at = created_at;
        key.signs_from = key.signs_from.map(|_| created_at);
    }
    assert!(store.replace_key_ring(public.version, &public, &private).await.unwrap());
}

/// Reads the key ring from a store.
pub async fn stored_key_ring(store: &Store) -> KeyRing {
    store.read_key_ring().await.unwrap().unwrap()
}
