//! Routes that use or set the session cookie accept no requests from pages of other sites.

use serde_json::json;

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn a_request_from_another_site_is_403() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let login = json!({"username": "ann", "password": PASSWORD});
    for path in ["/api/token", "/api/logout", "/api/login", "/api/signup"] {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "none"),
            ("sec-fetch-site", ""),
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("origin", "http://127.0.0.1"),
        ] {
            ann.with(name, value).post(path, login.clone()).await.assert_problem(403, "cross-site");
        }
        let contradictory = ann.with("sec-fetch-site", "cross-site").with("origin", &app.url);
        contradictory.post(path, login.clone()).await.assert_problem(403, "cross-site");
    }
    assert_eq!(ann.get("/api/me").await.status, 200, "no request has ended the session");
}

#[tokio::test]
async fn a_request_from_our_own_pages_is_accepted() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for (name, value) in
        [("sec-fetch-site", "same-origin"), ("origin", &app.url), ("origin", "http://localhost:8080")]
    {
        assert_eq!(ann.with(name, value).post("/api/token", json!({})).await.status, 200, "{name}: {value}");
    }
}
