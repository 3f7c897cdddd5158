//! Tokens of other keys: keys that the key ring does not contain, and keys that the token itself supplies.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::forger::{attacker_jwk, changed};
use super::{assert_all_are_refused, bearer};
use crate::support::key_ring::test_key_ring;

#[tokio::test]
async fn a_token_of_an_unknown_key_is_refused() {
    assert_all_are_refused(async |forger| {
        let kid = forger.header["kid"].as_str().unwrap();
        let kids = [
            json!("unknown"),
            json!(""),
            json!("../../../../dev/null"),
            json!("/proc/self/environ"),
            json!("' OR 1=1 --"),
            json!("ring#private"),
            json!(kid.to_lowercase()),
            json!(format!("{kid} ")),
            json!(format!("{kid}\u{0}")),
            json!("k".repeat(5_000)),
            json!(0),
            json!(-1.5),
            json!(true),
            json!([kid]),
            json!({"kid": kid}),
            Value::Null,
        ];
        let mut attacks = vec![
            bearer("our kid, the attacker's key", &forger.sign_as_attacker(&forger.header)),
            bearer("no kid", &forger.sign(&forger.without_header("kid"), &forger.claims)),
        ];
        for kid in kids {
            let header = changed(&forger.header, "kid", kid.clone());
            attacks.push(bearer(format!("kid {kid:.40}, our key"), &forger.sign(&header, &forger.claims)));
            attacks.push(bearer(
                format!("kid {kid:.40}, the attacker's key"),
                &forger.sign_as_attacker(&header),
            ));
        }
        let next_kid = test_key_ring().0.next.as_str();
        let header = forger.with_header("kid", next_kid);
        attacks.push(bearer("kid of the next key, current key", &forger.sign(&header, &forger.claims)));
        attacks
    })
    .await;
}

/// Serves the attacker's key and counts the requests.
async fn serve_attacker_jwks() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/jwks.json", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let (counter, jwks) = (requests.clone(), json!({"keys": [attacker_jwk(&json!("attacker"))]}));
    let router = axum::Router::new().fallback(async move || {
        counter.fetch_add(1, Ordering::SeqCst);
        axum::Json(jwks)
    });
    tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
    (url, requests)
}

#[tokio::test]
async fn a_key_in_the_header_of_a_token_is_ignored() {
    let (url, requests) = serve_attacker_jwks().await;
    assert_all_are_refused(async |forger| {
        let members = [
            ("jku", json!(url)),
            ("x5u", json!(url)),
            ("jwk", attacker_jwk(&forger.header["kid"])),
            ("x5c", json!([BASE64_STANDARD.encode(b"not a certificate")])),
            ("x5t", json!("AAAA")),
            ("x5t#S256", json!("AAAA")),
            ("b64", json!(false)),
            ("crit", json!([])),
            ("crit", json!(["b64"])),
            ("crit", json!(["exp"])),
            ("crit", json!("exp")),
            ("zip", json!("DEF")),
            ("enc", json!("A128GCM")),
            ("cty", json!("JWT")),
            ("nonce", json!("x")),
        ];
        let mut attacks = Vec::new();
        for (name, value) in members {
            let header = forger.with_header(name, value);
            let with_attacker_kid = changed(&header, "kid", json!("attacker"));
            attacks.extend([
                bearer(format!("{name}, our key"), &forger.sign(&header, &forger.claims)),
                bearer(format!("{name}, the attacker's key"), &forger.sign_as_attacker(&header)),
                bearer(format!("{name}, the attacker's kid"), &forger.sign_as_attacker(&with_attacker_kid)),
            ]);
        }
        attacks
    })
    .await;
    assert_eq!(requests.load(Ordering::SeqCst), 0, "the API has fetched the attacker's keys");
}
