//! The first key ring, and the documents that publish it: the discovery document and the JWK Set.

use api::clock::Clock;
use api::local::dynamodb_engine::Engine;
use api::signing_keys::key_ring::KeyRing;
use api::store::Store;
use serde_json::json;

use crate::support::TestApp;
use crate::support::key_ring::stored_key_ring;

#[tokio::test]
async fn the_discovery_document_leads_to_two_public_keys() {
    let app = TestApp::start().await;
    let discovery = app.guest().get("/.well-known/openid-configuration").await;
    assert_eq!(discovery.status, 200);
    // The members that OpenID Connect Discovery 1.0, section 3, requires, without the endpoints that do not exist.
    let document = json!({
        "issuer": app.url,
        "jwks_uri": format!("{}/.well-known/jwks.json", app.url),
        "response_types_supported": ["token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    });
    assert_eq!(discovery.body, document);
    assert!(discovery.header("cache-control").starts_with("public"));

    let jwks = app.guest().get("/.well-known/jwks.json").await;
    let keys = jwks.body["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    for key in keys {
        assert_eq!((&key["kty"], &key["alg"], &key["use"]), (&json!("RSA"), &json!("RS256"), &json!("sig")));
        assert_eq!(key["n"].as_str().unwrap().len(), 512, "3,072 bits");
        let members: Vec<_> = key.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(members, ["alg", "e", "kid", "kty", "n", "use"], "public members only");
    }
}

#[tokio::test]
async fn only_one_of_several_processes_creates_the_first_key_ring() {
    let store = Store::new(Engine::in_memory().unwrap().client(), "wishboard", 1);
    store.create_tables().await.unwrap();
    let opened = (0..3).map(|_| tokio::spawn(KeyRing::open(store.clone(), Clock::default())));
    let mut kids = Vec::new();
    for key_ring in opened.collect::<Vec<_>>() {
        kids.push(key_ring.await.unwrap().unwrap().signer().await.unwrap().0);
    }
    kids.dedup();
    assert_eq!(kids.len(), 1);
    let (public, private) = stored_key_ring(&store).await;
    assert_eq!((public.version, private.version, private.keys.len()), (1, 1, 2));
}
