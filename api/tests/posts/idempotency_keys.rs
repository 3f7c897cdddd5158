//! `Idempotency-Key`: a repeated request creates no second post.

use serde_json::json;

use crate::support::post_kind::PostKind;
use crate::support::{TestApp, UUID};

#[tokio::test]
async fn a_replay_returns_the_first_post() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("idempotency-key", UUID.to_uppercase());
    let first = ann.post("/api/messages", json!({"body": "hello"})).await;
    assert_eq!(first.body["id"], UUID);
    let replay = ann.post("/api/messages", json!({"body": "hello"})).await;
    assert_eq!((replay.status, replay.body), (201, first.body));
    assert_eq!(app.guest().messages().await, ["hello"]);
}

#[tokio::test]
async fn a_replay_after_an_edit_returns_the_edited_post() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("idempotency-key", UUID);
    for kind in PostKind::both() {
        let post = ann.create_post(kind.list, &kind.new).await;
        ann.if_match(1).patch(&post, kind.edit("edited")).await;
        let replay = ann.post(kind.list, kind.new.clone()).await;
        assert_eq!((replay.status, &replay.body[kind.field]), (201, &json!("edited")));
    }
}

#[tokio::test]
async fn a_key_that_was_used_for_other_content_or_by_another_user_is_409() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("idempotency-key", UUID);
    ann.create_post("/api/messages", &json!({"body": "hello"})).await;
    ann.post("/api/messages", json!({"body": "other"})).await.assert_problem(409, "key-reused");
    let bob = app.sign_up("bob").await.with("idempotency-key", UUID);
    bob.post("/api/messages", json!({"body": "hello"})).await.assert_problem(409, "key-reused");
    assert_eq!(app.guest().messages().await, ["hello"]);
}

#[tokio::test]
async fn a_key_that_is_not_a_uuid_is_rejected() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for key in [
        "7",
        "",
        &UUID.replace('-', ""),
        &format!("{{{UUID}}}"),
        &format!("urn:uuid:{UUID}"),
        &format!("\"{UUID}\""),
    ] {
        let reply = ann.with("idempotency-key", key).post("/api/messages", json!({"body": "hello"})).await;
        reply.assert_field_error("Idempotency-Key");
    }
    let two_keys = ann.with("idempotency-key", UUID).with("idempotency-key", UUID);
    let reply = two_keys.post("/api/messages", json!({"body": "hello"})).await;
    reply.assert_field_error("Idempotency-Key");
    assert!(app.guest().messages().await.is_empty());
}

#[tokio::test]
async fn parallel_requests_with_one_key_create_one_post() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("idempotency-key", UUID);
    let requests = (0..20).map(|_| {
        let ann = ann.clone();
        tokio::spawn(async move { ann.post("/api/messages", json!({"body": "hello"})).await.status })
    });
    for request in requests.collect::<Vec<_>>() {
        assert_eq!(request.await.unwrap(), 201);
    }
    assert_eq!(app.guest().messages().await, ["hello"]);
}
