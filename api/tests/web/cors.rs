//! Cross-origin requests (CORS): pages of configured origins may call the API with a token.

use reqwest::Method;
use serde_json::json;

use crate::support::{OTHER_SITE, TestApp};

#[tokio::test]
async fn a_configured_origin_may_send_requests_with_a_token() {
    let app = TestApp::start().await;
    let client = app.guest().with("origin", OTHER_SITE);
    let client = client.with("access-control-request-method", "PATCH");
    let client = client.with("access-control-request-headers", "authorization, if-match");
    let preflight = client.send(Method::OPTIONS, "/api/messages/x", |request| request).await;
    assert_eq!(preflight.status, 200);
    assert_eq!(preflight.header("access-control-allow-origin"), OTHER_SITE);
    assert!(preflight.header("access-control-allow-methods").contains("PATCH"), "{preflight:?}");
    assert!(preflight.header("access-control-allow-headers").contains("if-match"), "{preflight:?}");

    let ann = app.sign_up("ann").await.without("cookie").with("origin", OTHER_SITE);
    let posted = ann.post("/api/messages", json!({"body": "from another site"})).await;
    assert_eq!(posted.status, 201);
    assert_eq!(posted.header("access-control-allow-origin"), OTHER_SITE);
}

#[tokio::test]
async fn a_configured_origin_may_read_errors_but_not_use_the_cookie() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("origin", OTHER_SITE);
    for reply in [
        app.guest().with("origin", OTHER_SITE).get("/api/me").await,
        app.guest().with("origin", OTHER_SITE).get("/api/nothing").await,
        app.guest().with("origin", OTHER_SITE).get("/api/messages?limit=0").await,
        ann.without("authorization").post("/api/token", json!({})).await,
    ] {
        assert!(reply.status >= 400, "{reply:?}");
        assert_eq!(reply.header("access-control-allow-origin"), OTHER_SITE, "{reply:?}");
        assert!(!reply.headers.contains_key("access-control-allow-credentials"));
    }
}

#[tokio::test]
async fn other_origins_are_not_allowed() {
    let app = TestApp::start().await;
    for origin in
        ["https://evil.example", "https://other.example.evil.example", "http://other.example", "null"]
    {
        let reply = app.guest().with("origin", origin).get("/api/messages").await;
        assert_eq!(reply.status, 200);
        assert!(!reply.headers.contains_key("access-control-allow-origin"), "{origin}");
    }
}
