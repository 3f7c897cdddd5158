//! Logging out: the credentials that a logout needs, and the sessions that it ends.

use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn a_logout_ends_the_session_and_deletes_the_cookie() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let reply = ann.post("/api/logout", json!({})).await;
    assert_eq!(reply.status, 204);
    assert!(reply.header("set-cookie").contains("Max-Age=0"), "{reply:?}");
    ann.assert_session_has_ended().await;
    assert_eq!(ann.post("/api/logout", json!({})).await.status, 204, "a logout can be repeated");
}

#[tokio::test]
async fn a_logout_needs_only_the_cookie_or_only_the_token_or_neither() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    for credential in ["cookie", "authorization"] {
        let ann = app.log_in("ann").await;
        assert_eq!(ann.without(credential).post("/api/logout", json!({})).await.status, 204);
        ann.get("/api/me").await.assert_problem(401, "not-logged-in");
    }
    assert_eq!(app.guest().post("/api/logout", json!({})).await.status, 204);
}

#[tokio::test]
async fn a_logout_ends_the_sessions_of_the_cookie_and_of_the_token_and_no_other() {
    let app = TestApp::start().await;
    let first = app.sign_up("ann").await;
    let (second, third) = (app.log_in("ann").await, app.log_in("ann").await);
    let both = first.with_token(second.token());
    assert_eq!(both.post("/api/logout", json!({})).await.status, 204);
    first.get("/api/me").await.assert_problem(401, "not-logged-in");
    second.get("/api/me").await.assert_problem(401, "not-logged-in");
    assert_eq!(third.get("/api/me").await.status, 200);
}
