//! Behaviour that is independent of the route: unknown routes, repeated query parameters, and the headers of responses.

use api::routes::Route;
use reqwest::Method;
use serde_json::json;

use crate::support::{TestApp, UUID};

#[tokio::test]
async fn an_unknown_route_is_404_and_an_unknown_method_is_405() {
    let app = TestApp::start().await;
    for path in ["/", "/api", "/api/nothing", "/api/messages/", "/api/../etc/passwd", "/.well-known/x"] {
        app.guest().get(path).await.assert_problem(404, "not-found");
    }
    let reply = app.guest().delete("/api/messages").await;
    reply.assert_problem(405, "method-not-allowed");
    assert_eq!(reply.header("allow"), "GET,HEAD,POST");
}

#[tokio::test]
async fn protected_routes_need_a_login_even_without_an_authorizer() {
    let app = TestApp::start().await;
    for Route { method, path, .. } in api::routes::protected_routes() {
        let path = path.replace("{id}", UUID);
        let method: Method = method.parse().unwrap();
        let reply = app.guest().send(method, &path, |request| request).await;
        reply.assert_problem(401, "not-logged-in");
    }
}

#[tokio::test]
async fn a_repeated_query_parameter_is_rejected() {
    let app = TestApp::start().await;
    for query in ["limit=1&limit=2", "limit=1&limit=1", "before=x&before=x", "limit=1&%6cimit=2"] {
        app.guest().get(&format!("/api/messages?{query}")).await.assert_problem(400, "malformed");
    }
}

#[tokio::test]
async fn the_health_routes_show_the_request_without_the_token() {
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
async fn every_response_has_a_request_id_and_security_headers() {
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
