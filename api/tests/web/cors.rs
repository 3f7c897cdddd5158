//! What pages of other origins may do.

use reqwest::Method;
use serde_json::json;

use crate::support::{OTHER_SITE, TestApp};

#[tokio::test]
async fn a_named_origin_may_call_with_a_token() {
    let app = TestApp::start().await;
    let preflight = app.guest().with("origin", OTHER_SITE);
    let preflight = preflight.with("access-control-request-method", "PATCH");
    let preflight = preflight.with("access-control-request-headers", "authorization, if-match");
    let answer = preflight.send(Method::OPTIONS, "/api/messages/x", |request| request).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), OTHER_SITE);
    assert!(answer.header("access-control-allow-methods").contains("PATCH"), "{answer:?}");
    assert!(answer.header("access-control-allow-headers").contains("if-match"), "{answer:?}");

    let ann = app.sign_up("ann").await.without("cookie").with("origin", OTHER_SITE);
    let posted = ann.post("/api/messages", json!({"body": "from elsewhere"})).await;
    assert_eq!(posted.status, 201);
    assert_eq!(posted.header("access-control-allow-origin"), OTHER_SITE);
}

#[tokio::test]
async fn it_can_read_errors_and_never_uses_the_cookie() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("origin", OTHER_SITE);
    for refused in [
        app.guest().with("origin", OTHER_SITE).get("/api/me").await,
        app.guest().with("origin", OTHER_SITE).get("/api/nothing").await,
        app.guest().with("origin", OTHER_SITE).get("/api/messages?limit=0").await,
        ann.without("authorization").post("/api/token", json!({})).await,
    ] {
        assert!(refused.status >= 400, "{refused:?}");
        assert_eq!(refused.header("access-control-allow-origin"), OTHER_SITE, "{refused:?}");
        assert!(!refused.headers.contains_key("access-control-allow-credentials"));
    }
}

#[tokio::test]
async fn no_other_origin_is_let_in() {
    let app = TestApp::start().await;
    for origin in
        ["https://evil.example", "https://other.example.evil.example", "http://other.example", "null"]
    {
        let answer = app.guest().with("origin", origin).get("/api/messages").await;
        assert_eq!(answer.status, 200);
        assert!(!answer.headers.contains_key("access-control-allow-origin"), "{origin}");
    }
}
