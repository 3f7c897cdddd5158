//! JSON bodies of requests: media type, syntax, repeated keys and size.

use reqwest::{Body, Method};
use serde_json::json;

use crate::support::{Reply, TestApp, TestClient};

const JSON: &str = "application/json";

const MESSAGE: &str = r#"{"body":"hello"}"#;

/// Posts a message with this body.
async fn post(client: &TestClient, media_type: &str, body: impl Into<Body>) -> Reply {
    client.send_body(Method::POST, "/api/messages", media_type, body).await
}

#[tokio::test]
async fn malformed_json_is_400() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for malformed in
        ["", "{", "nonsense", "[]", "[\"hello\"]", "\"hello\"", "null", "{\"body\":\"a\"} x", "\u{0}"]
    {
        post(&ann, JSON, malformed).await.assert_problem(400, "malformed");
    }
    let not_utf8 = &b"{\"body\":\"\xff\"}"[..];
    post(&ann, JSON, not_utf8).await.assert_problem(400, "malformed");
    let deeply_nested = "[".repeat(60_000);
    post(&ann, JSON, deeply_nested).await.assert_problem(400, "malformed");
}

#[tokio::test]
async fn a_media_type_other_than_json_is_415() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for media_type in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx", ""]
    {
        post(&ann, media_type, MESSAGE).await.assert_problem(415, "not-json");
    }
    let two_types = ann.with("content-type", JSON).with("content-type", "text/plain");
    let reply = two_types.send(Method::POST, "/api/messages", |request| request.body(MESSAGE)).await;
    reply.assert_problem(415, "not-json");
    assert_eq!(post(&ann, "Application/JSON; charset=utf-8", MESSAGE).await.status, 201);
}

#[tokio::test]
async fn a_json_object_that_repeats_a_key_is_400() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let wish = ann.create_post("/api/wishes", &json!({"name": "a bicycle"})).await;
    for (method, path, body) in [
        (Method::POST, "/api/messages", r#"{"body": "a", "body": "b"}"#),
        (Method::POST, "/api/messages", r#"{"body": "a", "body": "a"}"#),
        (Method::POST, "/api/messages", r#"{"body": "a", "\u0062ody": "b"}"#),
        (Method::POST, "/api/messages", r#"{"\u0062\u006f\u0064\u0079": "a", "body": "b"}"#),
        (Method::POST, "/api/messages", r#"{"body": "a", "unknown": {"x": 1, "x": 2}}"#),
        (Method::POST, "/api/messages", r#"[{"body": "a", "body": "b"}]"#),
        (Method::POST, "/api/wishes", r#"{"name": "a", "url": null, "url": "https://example.com"}"#),
        (Method::POST, "/api/login", r#"{"username": "ann", "password": "x", "username": "bob"}"#),
        (Method::POST, "/api/me/delete", r#"{"password": null, "password": "x"}"#),
        (Method::PATCH, "/api/me", r#"{"name": "a", "name": ""}"#),
        (Method::PUT, "/api/me/password", r#"{"current": "x", "new": "y", "new": "z"}"#),
        (Method::PATCH, &wish, r#"{"url": "https://example.com", "url": null}"#),
        (Method::PATCH, &wish, r#"{"url": null, "url": "https://example.com"}"#),
        (Method::PATCH, &wish, r#"{"received": true, "name": "b", "received": false}"#),
    ] {
        let reply = ann.if_match(1).send_body(method, path, JSON, body).await;
        reply.assert_problem(400, "malformed");
    }
    assert!(app.guest().messages().await.is_empty());
    assert_eq!(ann.get("/api/me").await.body["name"], "ANN");
    let edit = ann.if_match(1).patch(&wish, json!({"name": "still version 1"})).await;
    assert_eq!(edit.status, 200);
}

#[tokio::test]
async fn a_body_of_more_than_64_kib_is_413() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let padded = |bytes: usize| MESSAGE.to_owned() + &" ".repeat(bytes - MESSAGE.len());
    post(&ann, JSON, padded(65_537)).await.assert_problem(413, "too-large");
    assert_eq!(post(&ann, JSON, padded(65_536)).await.status, 201);
}
