//! The rotation of the signing keys: on schedule, and immediately after a leak.

use api::clock::Clock;
use api::signing_keys::key_ring::KeyRing;
use api::signing_keys::rotation;
use api::signing_keys::rotation_schedule::{KeyRingChange, signing_since};
use api::store::Store;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::dangerous::insecure_decode;
use jsonwebtoken::{EncodingKey, decode_header};
use serde_json::{Value, json};

use crate::support::dynamodb_server::DynamoDbServer;
use crate::support::gateway::{GatewayRequest, Payload};
use crate::support::key_ring::{engine_with_key_ring, set_key_ring_creation, stored_key_ring, test_key_ring};
use crate::support::lambda::{API, LambdaFunction};
use crate::support::{TestApp, wait_until};

pub(super) const DAY: SignedDuration = SignedDuration::from_hours(24);

/// 61 seconds: longer than a process uses a snapshot of the key ring.
pub(super) const LONGER_THAN_MAX_SNAPSHOT_AGE: SignedDuration = SignedDuration::from_secs(61);

pub(super) fn kid_of(token: &str) -> String {
    decode_header(token).unwrap().kid.unwrap()
}

/// Returns a token with the same header and claims, signed by another key.
fn sign_again(token: &str, kid: &str, key: &EncodingKey) -> String {
    let claims = insecure_decode::<Value>(token).unwrap().claims;
    let mut header = decode_header(token).unwrap();
    header.kid = Some(kid.to_owned());
    jsonwebtoken::encode(&header, &claims, key).unwrap()
}

/// Returns the `kid` of each published key.
async fn published_kids(app: &TestApp) -> Vec<String> {
    let jwks = app.guest().get("/.well-known/jwks.json").await.body;
    jwks["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

pub(super) async fn stored_version(store: &Store) -> u64 {
    stored_key_ring(store).await.0.version
}

/// Signs a token, which starts the rotation if it is due.
async fn sign(app: &TestApp) {
    app.state.key_ring.signer().await.unwrap();
}

/// Starts an app whose keys were generated at the current time of its clock.
async fn start_with_new_keys() -> TestApp {
    let app = TestApp::start().await;
    set_key_ring_creation(&app.state.store, app.state.clock.now()).await;
    app.advance(LONGER_THAN_MAX_SNAPSHOT_AGE);
    app
}

#[tokio::test]
async fn after_thirty_days_the_next_key_signs_and_the_old_one_is_removed_after_15_minutes() {
    let app = start_with_new_keys().await;
    let store = &app.state.store;
    let first = stored_key_ring(store).await.0;
    app.advance(DAY * 30 - SignedDuration::from_mins(7));
    let ann = app.sign_up("ann").await;
    assert_eq!(kid_of(ann.token()), first.current);

    app.advance(SignedDuration::from_mins(7));
    // The rotation runs in the background if it takes longer than a request waits.
    wait_until("a third key is published", async || {
        sign(&app).await;
        published_kids(&app).await.len() == 3
    })
    .await;
    assert_eq!(kid_of(app.log_in("ann").await.token()), first.next);
    assert_eq!(ann.get("/api/me").await.status, 200, "tokens of the retired key stay valid");
    let (public, private) = stored_key_ring(store).await;
    assert_eq!(public.version, 2);
    let [retired, current] = [&first.current, &public.current].map(|kid| signing_since(&public.keys[kid]));
    assert!(current >= retired + DAY * 30, "the next rotation is due 30 days after this one");
    let mut remaining = vec![public.current.clone(), public.next.clone()];
    remaining.sort();
    assert!(private.keys.keys().eq(&remaining), "the retired key has no private half");

    app.advance(SignedDuration::from_mins(16));
    assert_eq!(published_kids(&app).await, remaining);
    sign(&app).await;
    wait_until("the retired key is removed", async || stored_version(store).await == 3).await;
    assert_eq!(stored_key_ring(store).await.0.keys.len(), 2);
    app.advance(LONGER_THAN_MAX_SNAPSHOT_AGE);
    sign(&app).await;
    assert_eq!(stored_version(store).await, 3, "no other change is due");
}

#[tokio::test]
async fn a_key_signs_only_after_it_has_been_published_for_a_day() {
    let app = start_with_new_keys().await;
    let store = &app.state.store;
    let (mut public, private) = stored_key_ring(store).await;
    app.advance(DAY * 30);
    public.keys.get_mut(&public.next).unwrap().published_at = app.state.clock.now();
    assert!(store.replace_key_ring(1, &public, &private).await.unwrap());
    app.advance(SignedDuration::from_hours(23));
    sign(&app).await;
    assert_eq!(stored_version(store).await, 1);
    app.advance(SignedDuration::from_hours(2));
    wait_until("a third key is published", async || {
        sign(&app).await;
        published_kids(&app).await.len() == 3
    })
    .await;
    assert_eq!(stored_version(store).await, 2);
}

#[tokio::test]
async fn the_first_token_of_a_process_rotates_keys_that_are_due() {
    let store = Store::new(engine_with_key_ring().await.client(), "wishboard", 1);
    let clock = Clock::default();
    clock.advance(DAY * 31);
    KeyRing::new(store.clone(), clock).signer().await.unwrap();
    wait_until("the keys are rotated", async || stored_version(&store).await == 2).await;
    assert_eq!(stored_key_ring(&store).await.0.current, test_key_ring().0.next);
}

#[tokio::test]
async fn only_signing_a_token_starts_a_rotation() {
    let app = start_with_new_keys().await;
    let ann = app.sign_up("ann").await;
    app.advance(DAY * 31);
    published_kids(&app).await;
    app.guest().get("/.well-known/openid-configuration").await;
    ann.get("/api/me").await;
    assert!(app.state.key_ring.verifier(&test_key_ring().0.current).await.unwrap().is_some());
    assert_eq!(stored_version(&app.state.store).await, 1);
    sign(&app).await;
    wait_until("the keys are rotated", async || stored_version(&app.state.store).await == 2).await;
}

#[tokio::test]
async fn only_one_of_several_key_rings_in_a_process_rotates() {
    let store = Store::new(engine_with_key_ring().await.client(), "wishboard", 1);
    let public = &test_key_ring().0;
    let clock = Clock::default();
    let mut key_rings = Vec::new();
    for _ in 0..5 {
        key_rings.push(KeyRing::new(store.clone(), clock.clone()));
    }
    clock.advance(DAY * 31);
    wait_until("all sign with the next key", async || {
        let requests =
            key_rings.iter().cloned().map(|key_ring| tokio::spawn(async move { key_ring.signer().await }));
        let mut is_next = true;
        for request in requests.collect::<Vec<_>>() {
            is_next &= request.await.unwrap().unwrap().0 == public.next;
        }
        if stored_version(&store).await == 2 {
            clock.advance(LONGER_THAN_MAX_SNAPSHOT_AGE); // Makes each key ring read the stored one again.
        }
        is_next
    })
    .await;
    assert_eq!(stored_version(&store).await, 2);
}

#[tokio::test]
async fn only_one_of_several_lambda_functions_rotates() {
    let database = DynamoDbServer::start().await;
    set_key_ring_creation(&database.store, Timestamp::now() - DAY * 31).await;
    let sign_up = async |username: &str| {
        let lambda = LambdaFunction::start(API, &database).await;
        lambda.send(Payload::V2, &GatewayRequest::sign_up(username)).await.status()
    };
    assert_eq!(tokio::join!(sign_up("ann"), sign_up("ben"), sign_up("cem")), (201, 201, 201));
    // On a slow machine, each function is stopped before its rotation has ended.
    let mut count = 0;
    wait_until("the keys are rotated", async || {
        let is_rotated = stored_version(&database.store).await > 1;
        if !is_rotated {
            count += 1;
            sign_up(&format!("dan{count}")).await;
        }
        is_rotated
    })
    .await;
    let (public, private) = stored_key_ring(&database.store).await;
    assert_eq!((public.version, public.keys.len(), private.keys.len()), (2, 3, 2));
    assert_eq!(public.current, test_key_ring().0.next);
}

#[tokio::test]
async fn replacing_all_keys_invalidates_all_tokens_but_ends_no_session() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let old = stored_key_ring(&app.state.store).await.0;
    let (leaked_kid, leaked_key) = app.state.key_ring.signer().await.unwrap();
    rotation::apply(&app.state.store, KeyRingChange::ReplaceAll, app.state.clock.now()).await.unwrap();

    app.advance(LONGER_THAN_MAX_SNAPSHOT_AGE);
    ann.get("/api/me").await.assert_problem(401, "not-logged-in");
    let refreshed = ann.without("authorization").post("/api/token", json!({})).await;
    assert_eq!(refreshed.status, 200, "the session stays valid");
    let token = refreshed.token();
    assert!(!old.keys.contains_key(&kid_of(token)));
    assert_eq!(ann.with_token(token).get("/api/me").await.status, 200);
    assert_eq!(app.log_in("ann").await.get("/api/me").await.status, 200);
    assert!(published_kids(&app).await.iter().all(|kid| !old.keys.contains_key(kid)));

    for kid in [kid_of(token), leaked_kid] {
        let forged = sign_again(token, &kid, &leaked_key);
        ann.with_token(&forged).get("/api/me").await.assert_problem(401, "not-logged-in");
    }
}

#[tokio::test]
async fn a_new_key_of_another_process_is_accepted_after_5_seconds() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    rotation::apply(&app.state.store, KeyRingChange::ReplaceAll, app.state.clock.now()).await.unwrap();
    let other = KeyRing::new(app.state.store.clone(), app.state.clock.clone());
    let (kid, key) = other.signer().await.unwrap();
    let token = sign_again(ann.token(), &kid, &key);
    app.advance(SignedDuration::from_secs(6));
    assert_eq!(ann.with_token(&token).get("/api/me").await.status, 200);
}
