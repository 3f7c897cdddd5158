//! Requests that are wrong whatever they ask for, and what every answer has.

use reqwest::Method;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn an_unknown_route_is_404_and_a_wrong_method_405() {
    let app = TestApp::start().await;
    for path in ["/", "/api", "/api/nothing", "/api/messages/", "/api/../etc/passwd", "/.well-known/x"] {
        app.guest().get(path).await.assert_problem(404, "not-found");
    }
    let reply = app.guest().send(Method::DELETE, "/api/messages", |request| request).await;
    reply.assert_problem(405, "method-not-allowed");
    assert_eq!(reply.header("allow"), "GET,HEAD,POST");
}

#[tokio::test]
async fn the_routes_that_authorizers_guard_demand_a_login_by_themselves() {
    let app = TestApp::start().await;
    for (method, path) in api::routes::PROTECTED {
        let path = path.replace("{id}", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff");
        let reply = app.guest().send(method.parse().unwrap(), &path, |request| request).await;
        reply.assert_problem(401, "not-logged-in");
    }
}

#[tokio::test]
async fn a_body_must_be_json_and_say_so() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let post = async |kind: &'static str, body: &'static str| {
        ann.send(Method::POST, "/api/messages", |request| request.header("content-type", kind).body(body))
            .await
    };
    for malformed in
        ["", "{", "nonsense", "[]", "[\"hello\"]", "\"hello\"", "null", "{\"body\":\"a\"} x", "\u{0}"]
    {
        post("application/json", malformed).await.assert_problem(400, "malformed");
    }
    for kind in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx", ""]
    {
        post(kind, "{\"body\":\"hello\"}").await.assert_problem(415, "not-json");
    }
    assert_eq!(post("Application/JSON; charset=utf-8", "{\"body\":\"hello\"}").await.status, 201);
    let twice = ann.with("content-type", "application/json").with("content-type", "text/plain");
    let twice =
        twice.send(Method::POST, "/api/messages", |request| request.body("{\"body\":\"hello\"}")).await;
    twice.assert_problem(415, "not-json");
    let not_utf8 = ann
        .send(Method::POST, "/api/messages", |r| {
            r.header("content-type", "application/json").body(&b"{\"body\":\"\xff\"}"[..])
        })
        .await;
    not_utf8.assert_problem(400, "malformed");
    let deep = "[".repeat(60_000);
    let deep = ann
        .send(Method::POST, "/api/messages", |r| r.header("content-type", "application/json").body(deep))
        .await;
    deep.assert_problem(400, "malformed");
}

#[tokio::test]
async fn a_json_object_that_repeats_a_key_is_rejected() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let wish = ann.post("/api/wishes", json!({"name": "a bicycle"})).await.body;
    let wish = format!("/api/wishes/{}", wish["id"].as_str().unwrap());
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
        let json =
            |request: reqwest::RequestBuilder| request.header("content-type", "application/json").body(body);
        ann.if_match(1).send(method, path, json).await.assert_problem(400, "malformed");
    }
    assert!(app.guest().messages().await.is_empty());
    assert_eq!(ann.get("/api/me").await.body["name"], "ANN");
    assert_eq!(ann.if_match(1).patch(&wish, json!({"name": "same version"})).await.status, 200);
}

#[tokio::test]
async fn a_repeated_query_parameter_is_rejected() {
    let app = TestApp::start().await;
    for query in ["limit=1&limit=2", "limit=1&limit=1", "before=x&before=x", "limit=1&%6cimit=2"] {
        app.guest().get(&format!("/api/messages?{query}")).await.assert_problem(400, "malformed");
    }
}

#[tokio::test]
async fn a_body_of_more_than_64_kib_is_413() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let padded = |bytes: usize| {
        let mut body = json!({"body": "hello"}).to_string();
        body.push_str(&" ".repeat(bytes - body.len()));
        body
    };
    let post = async |body: String| {
        ann.send(Method::POST, "/api/messages", |r| r.header("content-type", "application/json").body(body))
            .await
    };
    post(padded(65_537)).await.assert_problem(413, "too-large");
    assert_eq!(post(padded(65_536)).await.status, 201);
}

#[tokio::test]
async fn the_probe_shows_what_arrives_and_no_secret() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    assert_eq!(app.guest().get("/api/health").await.status, 200);
    let public = app.guest().get("/api/public?x=1").await;
    assert_eq!(public.body["input"], json!({"method": "GET", "path": "/api/public"}));
    app.guest().get("/api/private").await.assert_problem(401, "not-logged-in");
    let private = ann.get("/api/private").await;
    assert_eq!(private.body["input"]["claims"]["sub"], "ann");
    assert!(!private.body.to_string().contains(ann.token()));
}

#[tokio::test]
async fn every_answer_has_an_id_and_nothing_personal_is_stored() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for path in ["/api/me", "/api/private", "/api/nothing"] {
        let reply = ann.get(path).await;
        assert_eq!(reply.header("x-request-id").len(), 36);
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
        assert_eq!(reply.header("referrer-policy"), "same-origin");
    }
}
