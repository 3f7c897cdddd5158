//! The message board: reading, posting and validation.

use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn a_guest_cannot_post() {
    let app = TestApp::start().await;
    let reply = app.guest().post("/api/messages", json!({"body": "hello"})).await;
    reply.assert_problem(401, "not-logged-in");
    assert!(app.guest().messages().await.is_empty());
}

#[tokio::test]
async fn guests_can_read_all_messages_newest_first() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for body in ["first", "second", "third"] {
        let reply = ann.post("/api/messages", json!({"body": body})).await;
        assert_eq!(reply.status, 201, "{reply:?}");
        assert_eq!(reply.body["author"], json!({"username": "ann", "name": "ANN"}));
        assert_eq!(reply.body["version"], 1);
        assert_eq!(reply.body["edited_at"], json!(null));
    }
    assert_eq!(app.guest().messages().await, ["third", "second", "first"]);
}

#[tokio::test]
async fn an_invalid_token_does_not_prevent_reading() {
    let app = TestApp::start().await;
    let reply = app.guest().with("authorization", "Bearer nonsense").get("/api/messages").await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn messages_are_trimmed_and_their_line_breaks_become_lf() {
    let app = TestApp::start().await;
    let reply = app.sign_up("ann").await.post("/api/messages", json!({"body": "  a\r\nb\rc\td \n"})).await;
    assert_eq!(reply.body["body"], "a\nb\nc d");
}

#[tokio::test]
async fn invalid_messages_are_rejected() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for body in [
        json!(""),
        json!(" \n "),
        json!("x".repeat(2001)),
        json!("a\u{0}b"),
        json!(7),
        json!(null),
        json!(["a"]),
    ] {
        ann.post("/api/messages", json!({ "body": body })).await.assert_field_error("body");
    }
    ann.post("/api/messages", json!({})).await.assert_field_error("body");
    let unknown_field = ann.post("/api/messages", json!({"body": "hello", "author": "bob"})).await;
    unknown_field.assert_field_error("author");
    assert!(app.guest().messages().await.is_empty());
    assert_eq!(ann.post("/api/messages", json!({"body": "é".repeat(2000)})).await.status, 201);
}
