//! What a token says of itself: algorithms, keys and types.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::Attack;
use super::attack;
use super::bearer;
use super::forger::changed;
use super::forger::parts;
use super::forger::strangers_jwk;

#[tokio::test]
async fn no_signature_by_any_name() {
    attack(async |forger| {
        let names = ["none", "None", "NONE", "nOnE", "none ", " none", "null", "", "no\u{0}ne", "ｎｏｎｅ"];
        let names =
            names.map(Value::from).into_iter().chain([Value::Null, json!([]), json!(["none"]), json!(0)]);
        let mut attacks = Vec::new();
        for name in names {
            let unsigned = forger.unsigned(&name);
            attacks.push(bearer(format!("alg {name}"), &format!("{unsigned}.")));
            let signature = parts(&forger.token)[2];
            attacks.push(bearer(format!("alg {name}, with a signature"), &format!("{unsigned}.{signature}")));
        }
        let mut without = forger.header.clone();
        without.as_object_mut().unwrap().remove("alg");
        attacks.push(bearer("no alg", &forger.sign(&without, &forger.claims)));
        attacks
    })
    .await;
}

#[tokio::test]
async fn our_public_key_is_no_secret() {
    attack(async |forger| {
        let secrets = forger.public_key();
        let sign = |name, (key, secret): &(&str, Vec<u8>)| {
            bearer(format!("{name} with our {key}"), &forger.symmetric(name, secret))
        };
        ["HS256", "HS384", "HS512"]
            .iter()
            .flat_map(|name| secrets.iter().map(|secret| sign(name, secret)).collect::<Vec<_>>())
            .collect()
    })
    .await;
}

#[tokio::test]
async fn other_algorithms_under_our_kid() {
    attack(async |forger| {
        let signed = forger.by_another_rsa_algorithm().into_iter().chain(forger.by_curves());
        let stranger = bearer("a stranger's RS256", &forger.by_stranger(&forger.header));
        let named_otherwise = forger.sign(&forger.with_header("alg", "rs256"), &forger.claims);
        let attacks = signed.map(|(name, token)| bearer(name, &token));
        attacks.chain([stranger, bearer("rs256", &named_otherwise)]).collect()
    })
    .await;
}

#[tokio::test]
async fn keys_we_do_not_have() {
    attack(async |forger| {
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
        let mut attacks = Vec::new();
        for wrong in kids {
            let header = changed(&forger.header, "kid", wrong.clone());
            attacks.push(bearer(format!("kid {wrong:.40}"), &forger.sign(&header, &forger.claims)));
            attacks.push(bearer(format!("a stranger's, kid {wrong:.40}"), &forger.by_stranger(&header)));
        }
        let mut without = forger.header.clone();
        without.as_object_mut().unwrap().remove("kid");
        attacks.push(bearer("no kid", &forger.sign(&without, &forger.claims)));
        let next = &crate::support::test_key_ring().0.next;
        let header = forger.with_header("kid", next.as_str());
        attacks.push(bearer("the kid of the next key", &forger.sign(&header, &forger.claims)));
        attacks
    })
    .await;
}

/// Serves a stranger's keys, and counts who asks.
async fn strangers_keys(kid: &Value) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/jwks.json", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let (counter, set) = (asked.clone(), json!({"keys": [strangers_jwk(kid)]}));
    let router = axum::Router::new().fallback(async move || {
        counter.fetch_add(1, Ordering::SeqCst);
        axum::Json(set)
    });
    tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
    (url, asked)
}

#[tokio::test]
async fn keys_that_a_token_brings_along() {
    let (url, asked) = strangers_keys(&json!("stranger")).await;
    attack(async |forger| {
        let kid = forger.header["kid"].clone();
        let brought = [
            ("jku", json!(url)),
            ("x5u", json!(url)),
            ("jwk", strangers_jwk(&kid)),
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
        for (name, value) in brought {
            let ours = forger.with_header(name, value);
            attacks.push(bearer(format!("{name}, signed by us"), &forger.sign(&ours, &forger.claims)));
            attacks.push(bearer(format!("{name}, signed by a stranger"), &forger.by_stranger(&ours)));
            let theirs = changed(&ours, "kid", json!("stranger"));
            attacks.push(bearer(format!("{name}, a stranger's kid"), &forger.by_stranger(&theirs)));
        }
        attacks
    })
    .await;
    assert_eq!(asked.load(Ordering::SeqCst), 0, "nobody asked for the stranger's keys");
}

#[tokio::test]
async fn types_of_other_tokens() {
    attack(async |forger| {
        let types =
            [json!("JWT"), json!("jwt"), json!("at+JWT "), json!("id+jwt"), json!(""), json!(7), Value::Null];
        let mut attacks: Vec<Attack> = types
            .into_iter()
            .map(|typ| {
                bearer(format!("typ {typ}"), &forger.sign(&forger.with_header("typ", typ), &forger.claims))
            })
            .collect();
        let mut without = forger.header.clone();
        without.as_object_mut().unwrap().remove("typ");
        attacks.push(bearer("no typ", &forger.sign(&without, &forger.claims)));
        let twice = forger.header.to_string().replacen('{', "{\"alg\":\"none\",", 1);
        attacks.push(bearer("alg twice", &forger.sign_text(&twice, &forger.claims.to_string())));
        attacks
    })
    .await;
}
