//! Logging in: passwords, failures, and the sessions that a login creates and ends.

use serde_json::json;

use crate::support::{PASSWORD, TestApp, sign_up_body, with_members};

#[tokio::test]
async fn a_password_is_accepted_in_every_unicode_normalization_form() {
    let app = TestApp::start().await;
    let composed = "caf\u{e9} zebra lamp orbit";
    let decomposed = "cafe\u{301} zebra lamp orbit";
    let sign_up = with_members(&sign_up_body("ann"), &json!({"password": composed}));
    assert_eq!(app.guest().post("/api/signup", sign_up).await.status, 201);
    assert_eq!(app.guest().try_log_in("ANN", decomposed).await.status, 200);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_username_get_the_same_response() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    let wrong = app.guest().log_in_with_wrong_password("ann").await;
    wrong.assert_problem(401, "wrong-login");
    for username in ["bob", "x", "not a username", ""] {
        let unknown = app.guest().try_log_in(username, PASSWORD).await;
        unknown.assert_problem(401, "wrong-login");
        assert_eq!(unknown.body, wrong.body);
    }
    assert!(!wrong.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn every_login_creates_its_own_session() {
    let app = TestApp::start().await;
    let first = app.sign_up("ann").await;
    let second = app.log_in("ann").await;
    first.post("/api/logout", json!({})).await;
    assert_eq!(second.get("/api/me").await.status, 200);
}

#[tokio::test]
async fn a_login_or_sign_up_ends_the_previous_session_of_the_same_client() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    ann.log_in_with_wrong_password("ann").await;
    assert_eq!(ann.get("/api/me").await.status, 200, "a failed login ends no session");
    let again = app.guest().with_credentials(&ann.try_log_in("ann", PASSWORD).await);
    ann.get("/api/me").await.assert_problem(401, "not-logged-in");
    assert_eq!(again.sessions().await.len(), 1);
    assert_eq!(again.post("/api/signup", sign_up_body("bob")).await.status, 201);
    again.get("/api/me").await.assert_problem(401, "not-logged-in");
}
