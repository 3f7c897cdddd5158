//! Deleting messages and wishes.

use jiff::SignedDuration;
use serde_json::json;

use crate::support::post_kind::PostKind;
use crate::support::{TestApp, UUID};

#[tokio::test]
async fn a_deleted_post_cannot_be_edited_or_created_again() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("idempotency-key", UUID);
    let bob = app.sign_up("bob").await;
    for kind in PostKind::both() {
        let post = ann.create_post(kind.list, &kind.new).await;
        assert_eq!(ann.delete(&post).await.status, 204);
        assert_eq!(ann.delete(&post).await.status, 204, "the owner can repeat the request");
        bob.delete(&post).await.assert_problem(404, "not-found");
        ann.if_match(1).patch(&post, kind.edit("x")).await.assert_problem(404, "not-found");
        ann.post(kind.list, kind.new.clone()).await.assert_problem(410, "gone");
        let by_bob = bob.with("idempotency-key", UUID).post(kind.list, kind.new.clone()).await;
        by_bob.assert_problem(409, "key-reused");
        assert_eq!(app.guest().get(kind.list).await.body[kind.name], json!([]));
    }
}

#[tokio::test]
async fn a_deletion_marker_is_kept_for_a_week() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("idempotency-key", UUID);
    let post = ann.create_post("/api/messages", &json!({"body": "hello"})).await;
    ann.delete(&post).await;
    app.advance(SignedDuration::from_hours(7 * 24) - SignedDuration::from_mins(5));
    let ann = app.log_in("ann").await.with("idempotency-key", UUID);
    ann.post("/api/messages", json!({"body": "hello"})).await.assert_problem(410, "gone");
    app.advance(SignedDuration::from_mins(6));
    assert_eq!(ann.post("/api/messages", json!({"body": "hello"})).await.status, 201);
}
