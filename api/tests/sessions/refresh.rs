//! The cookie, the token it buys, and who may ask.

use jiff::SignedDuration;
use serde_json::json;

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let attributes = "HttpOnly; SameSite=Lax; Path=/; Max-Age=7776000";
    let secure = "HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=7776000";
    for (app, name, attributes) in [
        (TestApp::in_production().await, "__Host-session", secure),
        (TestApp::start().await, "wishboard-session", attributes),
    ] {
        let ann = json!({"username": "ann", "password": PASSWORD, "name": "Ann"});
        let reply = app.guest().post("/api/signup", ann).await;
        let cookie = reply.cookie();
        let secret = cookie.strip_prefix(&format!("{name}=")).unwrap();
        assert_eq!(secret.len(), 43, "256 bits in base64url");
        assert_eq!(reply.header("set-cookie"), format!("{name}={secret}; {attributes}"));
        assert!(!reply.body.to_string().contains(secret), "the secret is not in the answer");
    }
}

#[tokio::test]
async fn the_cookie_buys_a_token() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let reply = ann.without("authorization").post("/api/token", json!({})).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.body["user"]["username"], "ann");
    let token = reply.body["token"].as_str().unwrap();
    assert_eq!(app.guest().with_token(token).get("/api/me").await.status, 200);
}

#[tokio::test]
async fn without_a_cookie_or_with_a_forged_one_there_is_no_token() {
    let app = TestApp::in_production().await;
    app.sign_up("ann").await;
    app.guest().post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
    for forged in [
        "__Host-session=",
        "__Host-session=AAAA",
        "session=x",
        "__Host-session=%00; __Host-session=\"",
        "=;=;;",
    ] {
        app.guest()
            .with("cookie", forged)
            .post("/api/token", json!({}))
            .await
            .assert_problem(401, "not-logged-in");
    }
}

#[tokio::test]
async fn cookies_of_other_programs_are_no_matter() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let cookie = ann.cookie().to_owned();
    for cookies in [format!("a=\u{fc}; {cookie}"), format!("{cookie}; b"), format!("=x; ; {cookie}; c=\"")] {
        let ann = ann.without("cookie").with("cookie", &cookies);
        assert_eq!(ann.post("/api/token", json!({})).await.status, 200, "{cookies}");
    }
}

#[tokio::test]
async fn the_session_cookie_alone_is_no_login_for_the_api() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.without("authorization");
    ann.get("/api/me").await.assert_problem(401, "not-logged-in");
}

#[tokio::test]
async fn another_sites_page_can_not_use_the_cookie() {
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
        let contradicting = ann.with("sec-fetch-site", "cross-site").with("origin", &app.url);
        contradicting.post(path, login.clone()).await.assert_problem(403, "cross-site");
    }
    assert_eq!(ann.get("/api/me").await.status, 200, "nobody was logged out");
}

#[tokio::test]
async fn our_own_pages_can() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for (name, value) in
        [("sec-fetch-site", "same-origin"), ("origin", &app.url), ("origin", "http://localhost:8080")]
    {
        assert_eq!(ann.with(name, value).post("/api/token", json!({})).await.status, 200, "{name}: {value}");
    }
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_for_thirty_days() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    app.state.clock.advance(SignedDuration::from_hours(29 * 24));
    assert_eq!(ann.post("/api/token", json!({})).await.status, 200);
    app.state.clock.advance(SignedDuration::from_hours(29 * 24));
    assert_eq!(ann.post("/api/token", json!({})).await.status, 200, "it was used meanwhile");
    app.state.clock.advance(SignedDuration::from_hours(30 * 24));
    ann.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
}

#[tokio::test]
async fn a_session_ends_after_ninety_days_however_much_it_is_used() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for _ in 0..89 {
        app.state.clock.advance(SignedDuration::from_hours(24));
        assert_eq!(ann.post("/api/token", json!({})).await.status, 200);
    }
    app.state.clock.advance(SignedDuration::from_hours(24));
    ann.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
}

#[tokio::test]
async fn a_log_in_makes_a_new_session_each_time() {
    let app = TestApp::start().await;
    let first = app.sign_up("ann").await;
    let second = app.log_in("ann").await;
    first.post("/api/logout", json!({})).await;
    assert_eq!(second.get("/api/me").await.status, 200);
}
