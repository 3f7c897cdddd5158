//! The keys of an outside issuer, and issuers that misbehave.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::support::identity_provider::{
    Behavior, IdentityProvider, app_with_provider, header, keys, me, sign, token,
};

#[tokio::test]
async fn keys_we_can_not_use_are_passed_over() {
    let (app, issuer) = app_with_provider("").await;
    let good = &keys()[0].jwk;
    let with = |name: &str, value: Value| {
        let mut key = good.clone();
        key[name] = value;
        key
    };
    let weak = "A".repeat(170) + "w";
    let others = [
        json!(null),
        json!("key"),
        json!({}),
        json!({"kty": "XYZ", "kid": "first", "magic": true}),
        json!({"kty": "EC", "crv": "P-256", "kid": "first", "x": "AA", "y": "AA"}),
        json!({"kty": "oct", "kid": "first", "k": "c2VjcmV0"}),
        json!({"kty": "OKP", "crv": "Ed25519", "kid": "first", "x": "AA"}),
        with("use", json!("enc")),
        with("alg", json!("RSA-OAEP")),
        with("n", json!("***")),
        with("n", json!(weak)),
        with("kid", json!(7)),
    ];
    issuer.shows(json!(others));
    me(&app, &token(&app, &issuer)).await.assert_problem(401, "not-logged-in");
    issuer.shows(others.iter().chain([good]).cloned().collect());
    app.state.clock.advance(SignedDuration::from_secs(61));
    assert_eq!(me(&app, &token(&app, &issuer)).await.status, 200);
}

#[tokio::test]
async fn the_issuers_rotation_is_followed_and_it_is_not_asked_often() {
    let (app, issuer) = app_with_provider("").await;
    let second = || sign(&header("second"), &issuer.claims(app.state.clock.now()));
    let unknown = || sign(&header("unknown"), &issuer.claims(app.state.clock.now()));
    assert_eq!(me(&app, &token(&app, &issuer)).await.status, 200);
    assert_eq!(me(&app, &token(&app, &issuer)).await.status, 200);
    assert_eq!(issuer.asked(), 2, "discovery and keys, once");

    issuer.shows(json!([keys()[0].jwk, keys()[1].jwk]));
    assert_eq!(me(&app, &second()).await.status, 200, "a new key is looked for at once");
    assert_eq!(issuer.asked(), 4);
    for _ in 0..20 {
        assert_eq!(me(&app, &unknown()).await.status, 401);
    }
    assert_eq!(issuer.asked(), 4, "not again within a minute");
    app.state.clock.advance(SignedDuration::from_secs(61));
    for _ in 0..20 {
        assert_eq!(me(&app, &unknown()).await.status, 401);
    }
    assert_eq!(issuer.asked(), 6);

    // What it takes back counts no more once the keys were fetched again.
    issuer.shows(json!([keys()[1].jwk]));
    app.state.clock.advance(SignedDuration::from_mins(61));
    assert_eq!(me(&app, &second()).await.status, 200);
    assert_eq!(me(&app, &token(&app, &issuer)).await.status, 401);
}

#[tokio::test]
async fn known_keys_count_for_an_hour_while_the_issuer_is_down() {
    let (app, issuer) = app_with_provider("").await;
    assert_eq!(me(&app, &token(&app, &issuer)).await.status, 200);
    issuer.is(Behavior::Broken);
    app.state.clock.advance(SignedDuration::from_mins(59));
    assert_eq!(me(&app, &token(&app, &issuer)).await.status, 200);
    let unknown = sign(&header("unknown"), &issuer.claims(app.state.clock.now()));
    me(&app, &unknown).await.assert_problem(503, "unavailable");
    app.state.clock.advance(SignedDuration::from_mins(2));
    me(&app, &token(&app, &issuer)).await.assert_problem(503, "unavailable");
    issuer.is(Behavior::Honest);
    app.state.clock.advance(SignedDuration::from_secs(6));
    assert_eq!(me(&app, &token(&app, &issuer)).await.status, 200, "and it recovers");
}

#[tokio::test]
async fn an_issuer_that_fails_or_lies_is_503_and_no_open_door() {
    let other = IdentityProvider::start("").await;
    for manner in [
        Behavior::Silent,
        Behavior::Slow,
        Behavior::Broken,
        Behavior::NotFound,
        Behavior::NotJson,
        Behavior::Huge,
        Behavior::Endless,
        Behavior::AnotherIssuer,
        Behavior::NoKeys,
        Behavior::RedirectsTo(format!("{}/jwks", other.origin())),
        Behavior::KeysAt("http://board.example/jwks".to_owned()),
        Behavior::KeysAt("file:///etc/passwd".to_owned()),
        Behavior::KeysAt("http://127.0.0.1:1/jwks".to_owned()),
        Behavior::KeysAt("http://127.0.0.1@board.example/jwks".to_owned()),
        Behavior::KeysAt(String::new()),
    ] {
        let (app, issuer) = app_with_provider("").await;
        issuer.is(manner.clone());
        let reply = me(&app, &token(&app, &issuer)).await;
        reply.assert_problem(503, "unavailable");
        assert_eq!(reply.header("retry-after"), "5", "{manner:?}");
        let asked = issuer.asked();
        me(&app, &token(&app, &issuer)).await.assert_problem(503, "unavailable");
        assert_eq!(issuer.asked(), asked, "it is left alone for a moment");
        let mut expired = issuer.claims(app.state.clock.now());
        expired["exp"] = json!(1);
        assert_eq!(
            me(&app, &sign(&header("first"), &expired)).await.status,
            401,
            "needs no key to be refused"
        );

        issuer.is(Behavior::Honest);
        app.state.clock.advance(SignedDuration::from_secs(6));
        assert_eq!(me(&app, &token(&app, &issuer)).await.status, 200, "{manner:?}");
    }
    assert_eq!(other.asked(), 0, "no redirect is followed");
}

#[tokio::test]
async fn nobody_else_waits_for_a_silent_issuer() {
    let (app, issuer) = app_with_provider("").await;
    issuer.is(Behavior::Silent);
    let ann = app.sign_up("ann").await;
    let (guest, outside) = (app.guest(), app.guest().with_token(&token(&app, &issuer)));
    let waiting: Vec<_> = (0..20)
        .map(|_| {
            let outside = outside.clone();
            tokio::spawn(async move { outside.get("/api/me").await })
        })
        .collect();
    while issuer.asked() == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(ann.get("/api/me").await.status, 200);
    assert_eq!(guest.get("/api/messages").await.status, 200);
    assert_eq!(outside.get("/api/messages").await.status, 200, "public reads need no login");
    assert_eq!(outside.post("/api/logout", json!({})).await.status, 204);
    assert!(waiting.iter().all(|request| !request.is_finished()));
    for request in waiting {
        request.await.unwrap().assert_problem(503, "unavailable");
    }
    assert_eq!(issuer.asked(), 1, "all of them waited for one answer");
}

#[tokio::test]
async fn keys_are_fetched_again_in_the_background() {
    let (app, issuer) = app_with_provider("").await;
    let old = async || me(&app, &token(&app, &issuer)).await.status;
    assert_eq!(old().await, 200);
    issuer.shows(json!([keys()[1].jwk]));
    app.state.clock.advance(SignedDuration::from_mins(11));
    assert_eq!(old().await, 200, "this request does not wait");
    while old().await == 200 {
        tokio::task::yield_now().await;
    }
    assert_eq!(old().await, 401, "what the issuer took back is gone");
}
