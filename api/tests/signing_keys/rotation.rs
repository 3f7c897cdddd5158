//! Keys take turns: by themselves, and when somebody says so.

use std::time::Duration;

use api::clock::Clock;
use api::local::dynamodb_engine::Engine;
use api::signing_keys::key_ring::KeyRing;
use api::signing_keys::rotation;
use api::signing_keys::rotation_schedule::RingChange;
use api::store::Store;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::support::lambda::{DynamoDbServer, GatewayRequest, LambdaFunction, SITE};
use crate::support::{PASSWORD, TestApp, stored_key_ring, test_key_ring};

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn kid(token: &str) -> String {
    jsonwebtoken::decode_header(token).unwrap().kid.unwrap()
}

/// What the world sees.
async fn published(app: &TestApp) -> Vec<String> {
    let jwks = app.guest().get("/.well-known/jwks.json").await.body;
    jwks["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

/// The ring of the tests, as if it had been made so long ago.
async fn age(store: &Store, by: SignedDuration) {
    let (mut public, private) = test_key_ring().clone();
    let then = Timestamp::now() - by;
    for key in public.keys.values_mut() {
        (key.published_at, key.signs_from) = (then, key.signs_from.map(|_| then));
    }
    assert!(store.replace_key_ring(public.version, &public, &private).await.unwrap());
}

/// Waits until so many keys are published: on a busy machine a new one takes longer than a request
/// waits for it.
async fn until_published(app: &TestApp, number: usize) -> Vec<String> {
    loop {
        let kids = published(app).await;
        if kids.len() == number {
            return kids;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn after_thirty_days_the_next_key_signs_and_the_old_one_dies_with_its_last_token() {
    let app = TestApp::start().await;
    let (first, _) = stored_key_ring(&app.state.store).await;
    app.state.clock.advance(DAY * 29);
    let ann = app.sign_up("ann").await;
    assert_eq!(kid(ann.token()), first.current);

    app.state.clock.advance(DAY - SignedDuration::from_mins(5));
    let ann = app.log_in("ann").await;
    assert_eq!(kid(ann.token()), first.current);
    app.state.clock.advance(SignedDuration::from_mins(6));
    until_published(&app, 3).await;
    let new = app.log_in("ann").await;
    assert_eq!(kid(new.token()), first.next, "the one that was published before");
    assert_eq!(ann.get("/api/me").await.status, 200, "old tokens live on");
    let (public, private) = stored_key_ring(&app.state.store).await;
    assert_eq!(public.version, 2);
    let may_sign: Vec<_> = private.keys.keys().cloned().collect();
    let mut expected = vec![public.current.clone(), public.next.clone()];
    expected.sort();
    assert_eq!(may_sign, expected, "what signs no more has no private half");

    app.state.clock.advance(SignedDuration::from_mins(16));
    assert_eq!(published(&app).await, expected, "its last token has died");
    while stored_key_ring(&app.state.store).await.0.version == 2 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let (public, _) = stored_key_ring(&app.state.store).await;
    assert_eq!((public.version, public.keys.len()), (3, 2));
    app.state.clock.advance(SignedDuration::from_mins(2));
    published(&app).await;
    assert_eq!(stored_key_ring(&app.state.store).await.0.version, 3, "and that is all");
}

#[tokio::test]
async fn a_key_does_not_sign_before_it_was_published_for_a_day() {
    let app = TestApp::start().await;
    app.state.clock.advance(DAY * 30);
    let (mut public, private) = stored_key_ring(&app.state.store).await;
    public.keys.get_mut(&public.next).unwrap().published_at = app.state.clock.now();
    assert!(app.state.store.replace_key_ring(1, &public, &private).await.unwrap());
    app.state.clock.advance(SignedDuration::from_hours(23));
    published(&app).await;
    assert_eq!(stored_key_ring(&app.state.store).await.0.version, 1);
    app.state.clock.advance(SignedDuration::from_hours(2));
    until_published(&app, 3).await;
    assert_eq!(stored_key_ring(&app.state.store).await.0.version, 2);
}

#[tokio::test]
async fn of_many_that_find_it_due_one_rotates() {
    let store = Store::new(Engine::in_memory().unwrap().client(), "wishboard", 1);
    store.create_tables().await.unwrap();
    let (public, private) = test_key_ring();
    store.create_key_ring(public, private).await.unwrap();
    let clock = Clock::default();
    let mut all = Vec::new();
    for _ in 0..5 {
        all.push(std::sync::Arc::new(KeyRing::open(store.clone(), clock.clone()).await.unwrap()));
    }
    clock.advance(DAY * 31);
    loop {
        let asked =
            all.iter().cloned().map(|keys| tokio::spawn(async move { keys.signer().await.unwrap().0 }));
        let mut kids = Vec::new();
        for kid in asked.collect::<Vec<_>>() {
            kids.push(kid.await.unwrap());
        }
        // On a busy machine it takes longer than a request waits, and the old key goes on.
        if kids.iter().all(|kid| *kid == public.next) {
            break;
        }
        clock.advance(SignedDuration::from_secs(61));
    }
    assert_eq!(stored_key_ring(&store).await.0.version, 2);
}

#[tokio::test]
async fn of_many_functions_one_rotates() {
    let tables = DynamoDbServer::start().await;
    age(&tables.store, DAY * 31).await;
    let keys = async || {
        let lambda = LambdaFunction::start(env!("CARGO_BIN_EXE_lambda"), &tables).await;
        lambda.invoke(GatewayRequest::new("GET", "/.well-known/jwks.json").v2()).await.unwrap()
    };
    let answers = tokio::join!(keys(), keys(), keys());
    for answer in [answers.0, answers.1, answers.2] {
        assert_eq!(answer["statusCode"], 200);
    }
    while stored_key_ring(&tables.store).await.0.version == 1 {
        // On a busy machine each was ended before it was done.
        keys().await;
    }
    let (public, private) = stored_key_ring(&tables.store).await;
    assert_eq!((public.version, public.keys.len(), private.keys.len()), (2, 3, 2));
    assert_eq!(public.current, test_key_ring().0.next);
}

#[tokio::test]
async fn the_current_key_goes_on_signing_where_rotation_fails() {
    let tables = DynamoDbServer::start().await;
    let lambda = LambdaFunction::start(env!("CARGO_BIN_EXE_lambda"), &tables).await;
    let ann = json!({"username": "ann", "password": PASSWORD, "name": "Ann"});
    let signed_up = lambda.invoke(GatewayRequest::new("POST", "/api/signup").json(&ann).v2()).await.unwrap();
    age(&tables.store, DAY * 31).await;
    tables.refuse("TransactWriteItems");
    let lambda = LambdaFunction::start(env!("CARGO_BIN_EXE_lambda"), &tables).await;
    let mut renew = GatewayRequest::new("POST", "/api/token").with("origin", SITE);
    renew.cookie =
        signed_up["cookies"][0].as_str().map(|cookie| cookie.split(';').next().unwrap().to_owned());
    let answer = lambda.invoke(renew.v2()).await.unwrap();
    assert_eq!(answer["statusCode"], 200, "{answer}");
    let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    assert_eq!(kid(body["token"].as_str().unwrap()), test_key_ring().0.current);
    assert_eq!(stored_key_ring(&tables.store).await.0.version, 1);
}

#[tokio::test]
async fn a_leak_ends_all_tokens_and_no_session() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let old = stored_key_ring(&app.state.store).await.0;
    // Whoever has the old private halves,
    let thief = app.state.key_ring.signer().await.unwrap();
    rotation::apply(&app.state.store, RingChange::ReplaceAll, app.state.clock.now()).await.unwrap();
    assert_eq!(ann.get("/api/me").await.status, 200, "for a minute at most");

    app.state.clock.advance(SignedDuration::from_secs(61));
    ann.get("/api/me").await.assert_problem(401, "not-logged-in");
    let renewed = ann.without("authorization").post("/api/token", json!({})).await;
    assert_eq!(renewed.status, 200, "sessions go on");
    let token = renewed.body["token"].as_str().unwrap();
    assert!(!old.keys.contains_key(&kid(token)));
    assert_eq!(ann.with_token(token).get("/api/me").await.status, 200);
    assert_eq!(app.log_in("ann").await.get("/api/me").await.status, 200);
    assert!(published(&app).await.iter().all(|kid| !old.keys.contains_key(kid)));

    // signs nothing with them that counts.
    let claims = jsonwebtoken::dangerous::insecure_decode::<Value>(token).unwrap().claims;
    let mut header = jsonwebtoken::decode_header(token).unwrap();
    for kid in [kid(token), thief.0.clone()] {
        header.kid = Some(kid);
        let forged = jsonwebtoken::encode(&header, &claims, &thief.1).unwrap();
        ann.with_token(&forged).get("/api/me").await.assert_problem(401, "not-logged-in");
    }
}

#[tokio::test]
async fn a_key_that_another_process_has_just_made_is_known_soon() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    rotation::apply(&app.state.store, RingChange::ReplaceAll, app.state.clock.now()).await.unwrap();
    let other = KeyRing::open(app.state.store.clone(), app.state.clock.clone()).await.unwrap();
    let claims = jsonwebtoken::dangerous::insecure_decode::<Value>(ann.token()).unwrap().claims;
    let mut header = jsonwebtoken::decode_header(ann.token()).unwrap();
    let (kid, signer) = other.signer().await.unwrap();
    header.kid = Some(kid);
    let token = jsonwebtoken::encode(&header, &claims, &signer).unwrap();
    app.state.clock.advance(SignedDuration::from_secs(6));
    assert_eq!(ann.with_token(&token).get("/api/me").await.status, 200, "before the minute is over");
}
