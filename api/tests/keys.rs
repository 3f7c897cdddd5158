//! The key ring and the documents that publish it.

use api::clock::Clock;
use api::embedded::Engine;
use api::keys::Keys;
use api::store::Store;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn discovery_leads_to_two_public_keys() {
    let app = TestApp::start().await;
    let discovery = app.guest().get("/.well-known/openid-configuration").await;
    assert_eq!(discovery.status, 200);
    assert_eq!(discovery.body["issuer"], app.url);
    assert_eq!(discovery.body["jwks_uri"], format!("{}/.well-known/jwks.json", app.url));
    assert!(discovery.header("cache-control").starts_with("public"));

    let jwks = app.guest().get("/.well-known/jwks.json").await;
    let keys = jwks.body["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    for key in keys {
        assert_eq!((&key["kty"], &key["alg"], &key["use"]), (&json!("RSA"), &json!("RS256"), &json!("sig")));
        assert_eq!(key["n"].as_str().unwrap().len(), 512, "3072 bits");
        assert_eq!(key.as_object().unwrap().len(), 6, "public members only: {key}");
    }
}

#[tokio::test]
async fn of_many_processes_one_makes_the_ring() {
    let store = Store::new(Engine::in_memory().unwrap().client(), "wishboard", 1);
    store.create_tables().await.unwrap();
    let opened = (0..4).map(|_| tokio::spawn(Keys::open(store.clone(), Clock::default())));
    let mut kids = Vec::new();
    for keys in opened.collect::<Vec<_>>() {
        kids.push(keys.await.unwrap().unwrap().signer().await.unwrap().0);
    }
    kids.dedup();
    assert_eq!(kids.len(), 1);
}
