//! Requests that are wrong whatever they ask for, and what every answer has.

use reqwest::Method;
use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn an_unknown_route_is_404_and_a_wrong_method_405() {
    let app = TestApp::start().await;
    for path in ["/", "/api", "/api/nothing", "/api/messages/", "/api/../etc/passwd", "/.well-known/x"] {
        app.guest().get(path).await.is_problem(404, "not-found");
    }
    let reply = app.guest().send(Method::DELETE, "/api/messages", |request| request).await;
    reply.is_problem(405, "method-not-allowed");
    assert_eq!(reply.header("allow"), "GET,HEAD,POST");
}

#[tokio::test]
async fn the_routes_that_authorizers_guard_demand_a_login_by_themselves() {
    let app = TestApp::start().await;
    for (method, path) in api::router::PROTECTED {
        let path = path.replace("{id}", "6f9619ff-8b86-4d01-b42d-00cf4fc964ff");
        let reply = app.guest().send(method.parse().unwrap(), &path, |request| request).await;
        reply.is_problem(401, "not-logged-in");
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
        post("application/json", malformed).await.is_problem(400, "malformed");
    }
    for kind in
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx", ""]
    {
        post(kind, "{\"body\":\"hello\"}").await.is_problem(415, "not-json");
    }
    assert_eq!(post("Application/JSON; charset=utf-8", "{\"body\":\"hello\"}").await.status, 201);
    let not_utf8 = ann
        .send(Method::POST, "/api/messages", |r| {
            r.header("content-type", "application/json").body(&b"{\"body\":\"\xff\"}"[..])
        })
        .await;
    not_utf8.is_problem(400, "malformed");
    let deep = "[".repeat(60_000);
    let deep = ann
        .send(Method::POST, "/api/messages", |r| r.header("content-type", "application/json").body(deep))
        .await;
    deep.is_problem(400, "malformed");
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
    post(padded(65_537)).await.is_problem(413, "too-large");
    assert_eq!(post(padded(65_536)).await.status, 201);
}

#[tokio::test]
async fn the_probe_shows_what_arrives_and_no_secret() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    assert_eq!(app.guest().get("/api/health").await.status, 200);
    let public = app.guest().get("/api/public?x=1").await;
    assert_eq!(public.body["input"], json!({"method": "GET", "path": "/api/public"}));
    app.guest().get("/api/private").await.is_problem(401, "not-logged-in");
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
