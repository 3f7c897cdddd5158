//! The first key ring, and the documents that publish it: the discovery document and the JWK Set.

use api::clock::Clock;
use api::local::dynamodb_engine::Engine;
use api::signing_keys::key_ring::KeyRing;
use api::store::Store;
use serde_json::json;
use tokio::net::TcpListener;

use crate::support::TestApp;
use crate::support::dynamodb_server::DynamoDbServer;
use crate::support::gateway::{GatewayRequest, Payload};
use crate::support::key_ring::stored_key_ring;
use crate::support::lambda::{API, LambdaFunction};

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
    let sign = |key_ring: KeyRing| async move { key_ring.signer().await.unwrap().0 };
    let signed = (0..3).map(|_| tokio::spawn(sign(KeyRing::new(store.clone(), Clock::default()))));
    let mut kids = Vec::new();
    for kid in signed.collect::<Vec<_>>() {
        kids.push(kid.await.unwrap());
    }
    kids.dedup();
    assert_eq!(kids.len(), 1);
    let (public, private) = stored_key_ring(&store).await;
    assert_eq!((public.version, private.version, private.keys.len()), (1, 1, 2));
}

#[tokio::test]
async fn before_the_first_key_the_documents_are_503_at_once_and_a_sign_up_creates_the_keys() {
    let app = TestApp::without_keys().await;
    for path in ["/.well-known/openid-configuration", "/.well-known/jwks.json"] {
        let reply = app.guest().get(path).await;
        reply.assert_problem(503, "unavailable");
        assert_eq!(reply.header("retry-after"), "2");
    }
    assert_eq!(app.guest().get("/api/health").await.status, 200);
    let ann = app.sign_up("ann").await;
    assert_eq!(ann.get("/api/me").await.status, 200);
    assert_eq!(app.guest().get("/.well-known/openid-configuration").await.status, 200);
    let keys = app.guest().get("/.well-known/jwks.json").await.body["keys"].as_array().unwrap().len();
    assert_eq!(keys, 2);
}

#[tokio::test]
async fn a_function_without_a_database_is_healthy_and_its_keys_are_503() {
    let database = DynamoDbServer::start().await;
    let closed = format!("http://{}", TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap());
    let environment = [("AWS_ENDPOINT_URL_DYNAMODB", closed.as_str())];
    let lambda = LambdaFunction::start_with_env(API, &database, &environment).await;
    let get = async |path| lambda.send(Payload::V2, &GatewayRequest::new("GET", path)).await;
    assert_eq!(get("/api/health").await.status(), 200);
    for path in ["/.well-known/openid-configuration", "/.well-known/jwks.json"] {
        let response = get(path).await;
        assert_eq!((response.status(), response.header("retry-after")), (503, Some("2")));
    }
}
