//! The cache of the external identity provider's keys: when it fetches them, and what it does if the provider fails.

use jiff::SignedDuration;
use serde_json::json;

use crate::support::identity_provider::{
    AppWithProvider, Behavior, IdentityProvider, provider_keys, sign_token, token_header,
};
use crate::support::{wait_until, with_members};

#[tokio::test]
async fn unusable_keys_of_the_set_are_skipped() {
    let app = AppWithProvider::start("").await;
    let usable = &provider_keys()[0].jwk;
    let unusable = [
        json!(null),
        json!("key"),
        json!({}),
        json!({"kty": "XYZ", "kid": "first", "magic": true}),
        json!({"kty": "EC", "crv": "P-256", "kid": "first", "x": "AA", "y": "AA"}),
        json!({"kty": "oct", "kid": "first", "k": "c2VjcmV0"}),
        json!({"kty": "OKP", "crv": "Ed25519", "kid": "first", "x": "AA"}),
        with_members(usable, &json!({"use": "enc"})),
        with_members(usable, &json!({"alg": "RSA-OAEP"})),
        with_members(usable, &json!({"n": "***"})),
        with_members(usable, &json!({"n": "A".repeat(170) + "w"})),
        with_members(usable, &json!({"kid": 7})),
    ];
    app.provider.publish(json!(unusable));
    app.get_me(&app.token()).await.assert_problem(401, "not-logged-in");
    app.provider.publish(unusable.iter().chain([usable]).cloned().collect());
    app.app.advance(SignedDuration::from_secs(61));
    assert_eq!(app.status_with_key("first").await, 200);
}

#[tokio::test]
async fn an_unknown_kid_causes_at_most_one_fetch_per_minute() {
    let app = AppWithProvider::start("").await;
    for _ in 0..2 {
        assert_eq!(app.status_with_key("first").await, 200);
    }
    assert_eq!(app.provider.request_count(), 2, "one discovery document and one JWK Set");

    let [first, second] = provider_keys().each_ref().map(|key| &key.jwk);
    app.provider.publish(json!([first, second]));
    assert_eq!(app.status_with_key("second").await, 200, "a new key is fetched at once");
    assert_eq!(app.provider.request_count(), 4);
    for seconds in [0, 31] {
        app.app.advance(SignedDuration::from_secs(seconds));
        for _ in 0..20 {
            assert_eq!(app.status_with_key("unknown").await, 401);
        }
        assert_eq!(app.provider.request_count(), 4);
    }
    app.app.advance(SignedDuration::from_secs(30));
    for _ in 0..20 {
        assert_eq!(app.status_with_key("unknown").await, 401);
    }
    assert_eq!(app.provider.request_count(), 6);
}

#[tokio::test]
async fn a_revoked_key_is_refused_after_the_next_fetch() {
    let app = AppWithProvider::start("").await;
    assert_eq!(app.status_with_key("first").await, 200);
    app.provider.publish(json!([provider_keys()[1].jwk]));
    app.app.advance(SignedDuration::from_mins(61));
    assert_eq!(app.status_with_key("second").await, 200);
    assert_eq!(app.status_with_key("first").await, 401);
}

#[tokio::test]
async fn cached_keys_are_used_for_an_hour_while_the_provider_fails() {
    let app = AppWithProvider::start("").await;
    assert_eq!(app.status_with_key("first").await, 200);
    app.provider.set_behavior(Behavior::InternalError);
    app.app.advance(SignedDuration::from_mins(58));
    assert_eq!(app.status_with_key("first").await, 200);
    let unknown = sign_token(&token_header("unknown"), &app.claims());
    app.get_me(&unknown).await.assert_problem(503, "unavailable");
    app.get_me(&unknown).await.assert_problem(503, "unavailable"); // without another fetch
    app.app.advance(SignedDuration::from_mins(2));
    app.get_me(&app.token()).await.assert_problem(503, "unavailable");
    app.provider.set_behavior(Behavior::Correct);
    app.app.advance(SignedDuration::from_secs(6));
    assert_eq!(app.status_with_key("first").await, 200, "the next fetch succeeds");
}

#[tokio::test]
async fn a_failed_fetch_for_an_unknown_kid_is_not_repeated_for_a_minute() {
    let app = AppWithProvider::start("").await;
    assert_eq!(app.status_with_key("first").await, 200);
    app.provider.set_behavior(Behavior::InternalError);
    for _ in 0..5 {
        assert_is_unavailable(&app, "unknown").await;
    }
    assert_eq!(app.provider.request_count(), 3);
    assert_eq!(app.status_with_key("first").await, 200, "the cached key is still used");
}

#[tokio::test]
async fn documents_of_almost_64_kib_are_read() {
    let app = AppWithProvider::start("").await;
    app.provider.publish(json!([with_members(&provider_keys()[0].jwk, &json!({"x5c": "x".repeat(64_000)}))]));
    assert_eq!(app.status_with_key("first").await, 200);
}

#[tokio::test]
async fn a_provider_that_fails_or_sends_wrong_documents_is_503() {
    let other = IdentityProvider::start("").await;
    let behaviors = [
        Behavior::NeverAnswers,
        Behavior::Slow,
        Behavior::InternalError,
        Behavior::NotFound,
        Behavior::Html,
        Behavior::TooLarge,
        Behavior::EndlessBody,
        Behavior::WrongIssuer,
        Behavior::NoKeys,
        Behavior::RedirectTo(format!("{}/jwks", other.origin())),
        Behavior::JwksUri("http://board.example/jwks".to_owned()),
        // Leads to the other provider on Linux, but is not a loopback address.
        Behavior::JwksUri(format!("{}/jwks", other.origin().replace("127.0.0.1", "0.0.0.0"))),
        Behavior::JwksUri("file:///etc/passwd".to_owned()),
        Behavior::JwksUri("http://127.0.0.1:1/jwks".to_owned()),
        Behavior::JwksUri("http://127.0.0.1@board.example/jwks".to_owned()),
        Behavior::JwksUri(String::new()),
    ];
    // One after the other: a fetch that shares its thread with the others may time out on a slow machine.
    for behavior in behaviors {
        assert_is_unavailable_until_correct(behavior).await;
    }
    assert_eq!(other.request_count(), 0, "the API must not send a request to the other provider");
}

/// Checks that tokens of a provider with this behavior get 503, and that the API recovers.
async fn assert_is_unavailable_until_correct(behavior: Behavior) {
    let app = AppWithProvider::start("").await;
    app.provider.set_behavior(behavior.clone());
    assert_is_unavailable(&app, "first").await;
    let requests = app.provider.request_count();
    assert_is_unavailable(&app, "first").await;
    assert_eq!(app.provider.request_count(), requests, "no fetch in the next 5 seconds");
    let expired = app.status_with_claims("first", &app.claims_with(&json!({"exp": 1}))).await;
    assert_eq!(expired, 401, "an expired token is refused without keys");

    app.provider.set_behavior(Behavior::Correct);
    app.app.advance(SignedDuration::from_secs(6));
    assert_eq!(app.status_with_key("first").await, 200, "{behavior:?}");
}

/// Checks that a request with a token of the key with this `kid` gets 503, and that the client should try again after 5
/// seconds.
async fn assert_is_unavailable(app: &AppWithProvider, kid: &str) {
    let reply = app.get_me(&sign_token(&token_header(kid), &app.claims())).await;
    reply.assert_problem(503, "unavailable");
    assert_eq!(reply.header("retry-after"), "5", "{reply:?}");
}

#[tokio::test]
async fn only_requests_with_tokens_of_the_provider_wait_for_it() {
    let app = AppWithProvider::start("").await;
    app.provider.set_behavior(Behavior::NeverAnswers);
    let ann = app.app.sign_up("ann").await;
    let (guest, external) = (app.app.guest(), app.client());
    let waiting: Vec<_> = (0..20)
        .map(|_| {
            let external = external.clone();
            tokio::spawn(async move { external.get("/api/me").await })
        })
        .collect();
    wait_until("the provider gets a request", async || app.provider.request_count() > 0).await;
    assert_eq!(ann.get("/api/me").await.status, 200);
    assert_eq!(guest.get("/api/messages").await.status, 200);
    assert_eq!(external.get("/api/messages").await.status, 200, "public reads need no login");
    assert_eq!(external.post("/api/logout", json!({})).await.status, 204);
    assert!(waiting.iter().all(|request| !request.is_finished()));
    for request in waiting {
        request.await.unwrap().assert_problem(503, "unavailable");
    }
    assert_eq!(app.provider.request_count(), 1, "all requests have waited for the same fetch");
}

#[tokio::test]
async fn old_keys_are_fetched_again_in_the_background() {
    let app = AppWithProvider::start("").await;
    assert_eq!(app.status_with_key("first").await, 200);
    app.provider.publish(json!([provider_keys()[1].jwk]));
    app.app.advance(SignedDuration::from_mins(11));
    assert_eq!(app.status_with_key("first").await, 200, "this request does not wait for the fetch");
    wait_until("the revoked key is refused", async || app.status_with_key("first").await == 401).await;
}

#[tokio::test]
async fn keys_are_not_fetched_in_the_background_before_they_are_ten_minutes_old() {
    let app = AppWithProvider::start("").await;
    assert_eq!(app.status_with_key("first").await, 200);
    app.app.advance(SignedDuration::from_mins(9));
    for _ in 0..5 {
        assert_eq!(app.status_with_key("first").await, 200);
    }
    // Fetches wait for each other, so a fetch in the background would end before this one.
    assert_eq!(app.status_with_key("unknown").await, 401);
    assert_eq!(app.provider.request_count(), 4);
}

#[tokio::test]
async fn old_keys_are_fetched_at_most_once_per_minute_while_the_provider_fails() {
    let app = AppWithProvider::start("").await;
    assert_eq!(app.status_with_key("first").await, 200);
    app.provider.set_behavior(Behavior::InternalError);
    app.app.advance(SignedDuration::from_mins(11));
    assert_eq!(app.status_with_key("first").await, 200);
    wait_until("a fetch begins in the background", async || app.provider.request_count() == 3).await;
    // Fetches wait for each other, so the one in the background has ended after this.
    app.status_with_key("unknown").await;
    let requests = app.provider.request_count();
    for _ in 0..5 {
        assert_eq!(app.status_with_key("first").await, 200);
    }
    app.status_with_key("unknown").await;
    assert!(app.provider.request_count() <= requests + 1, "at most the fetch for the unknown key");
}

#[tokio::test]
async fn a_new_key_is_fetched_at_once_after_a_fetch_in_the_background() {
    let app = AppWithProvider::start("").await;
    assert_eq!(app.status_with_key("first").await, 200);
    app.app.advance(SignedDuration::from_mins(11));
    assert_eq!(app.status_with_key("first").await, 200);
    wait_until("the keys are fetched in the background", async || app.provider.request_count() == 4).await;
    app.provider.publish(provider_keys().each_ref().map(|key| key.jwk.clone()).into());
    app.status_with_key("second").await; // Waits if the fetch in the background has not ended yet.
    assert_eq!(app.status_with_key("second").await, 200);
}
