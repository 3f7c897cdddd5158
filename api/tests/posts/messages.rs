//! The message board.

use std::collections::HashSet;

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
async fn everybody_reads_what_was_posted_newest_first() {
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
async fn bad_credentials_do_not_keep_anyone_from_reading() {
    let app = TestApp::start().await;
    let reply = app.guest().with("authorization", "Bearer nonsense").get("/api/messages").await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn a_message_is_trimmed_and_its_line_breaks_are_lf() {
    let app = TestApp::start().await;
    let reply = app.sign_up("ann").await.post("/api/messages", json!({"body": "  a\r\nb\rc\td \n"})).await;
    assert_eq!(reply.body["body"], "a\nb\nc d");
}

#[tokio::test]
async fn messages_that_break_a_rule_are_refused() {
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
    ann.post("/api/messages", json!({"body": "hello", "author": "bob"})).await.assert_field_error("author");
    assert!(app.guest().messages().await.is_empty());
    assert_eq!(ann.post("/api/messages", json!({"body": "é".repeat(2000)})).await.status, 201);
}

#[tokio::test]
async fn pages_show_every_message_once() {
    for shards in [1, 4] {
        let app = TestApp::with(|config| (config.shards, config.limit_factor) = (shards, 2)).await;
        let ann = app.sign_up("ann").await;
        for number in 0..45 {
            ann.post("/api/messages", json!({"body": format!("message {number}")})).await;
        }
        let (mut seen, mut path, mut sizes) = (Vec::new(), "/api/messages".to_owned(), Vec::new());
        loop {
            let page = app.guest().get(&path).await.body;
            let messages = page["messages"].as_array().unwrap();
            sizes.push(messages.len());
            seen.extend(messages.iter().map(|message| message["body"].as_str().unwrap().to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/api/messages?before={next}");
        }
        assert_eq!(sizes, [20, 20, 5]);
        assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 45);
        assert_eq!(seen.first().unwrap(), "message 44");
        assert_eq!(seen.last().unwrap(), "message 0");
    }
}

#[tokio::test]
async fn a_full_last_page_has_no_next() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for _ in 0..20 {
        ann.post("/api/messages", json!({"body": "hello"})).await;
    }
    assert_eq!(app.guest().get("/api/messages").await.body["next"], json!(null));
    assert!(app.guest().get("/api/messages?limit=19").await.body["next"].is_string());
}

#[tokio::test]
async fn a_wrong_cursor_or_limit_is_refused() {
    let app = TestApp::start().await;
    for before in ["x", "AAAA", "", "..", "MjAyNiNhYmM", "%00"] {
        app.guest().get(&format!("/api/messages?before={before}")).await.assert_field_error("before");
    }
    for limit in ["0", "21", "-1", "x", "99999999999999999999", "%2B5", "05", "5.0", "%205", "", "\u{0665}"] {
        app.guest().get(&format!("/api/messages?limit={limit}")).await.assert_field_error("limit");
    }
}

#[tokio::test]
async fn a_retry_with_the_same_key_finds_its_own_message() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("idempotency-key", "6F9619FF-8B86-4D01-B42D-00CF4FC964FF");
    let first = ann.post("/api/messages", json!({"body": "hello"})).await;
    assert_eq!(first.body["id"], "6f9619ff-8b86-4d01-b42d-00cf4fc964ff");
    let again = ann.post("/api/messages", json!({"body": "hello"})).await;
    assert_eq!((again.status, again.body), (201, first.body));
    ann.post("/api/messages", json!({"body": "other"})).await.assert_problem(409, "key-reused");
    let bob = app.sign_up("bob").await.with("idempotency-key", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff");
    bob.post("/api/messages", json!({"body": "hello"})).await.assert_problem(409, "key-reused");
    assert_eq!(app.guest().messages().await, ["hello"]);
    for key in [
        "7",
        "",
        "6f9619ff8b864d01b42d00cf4fc964ff",
        "{6f9619ff-8b86-4d01-b42d-00cf4fc964ff}",
        "urn:uuid:6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
        "\"6f9619ff-8b86-4d01-b42d-00cf4fc964ff\"",
    ] {
        let ann = ann.without("idempotency-key").with("idempotency-key", key);
        ann.post("/api/messages", json!({"body": "hello"})).await.assert_field_error("Idempotency-Key");
    }
    let twice = ann.with("idempotency-key", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff");
    twice.post("/api/messages", json!({"body": "hello"})).await.assert_field_error("Idempotency-Key");
}
