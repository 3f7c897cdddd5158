//! Changing the password.

use serde_json::json;

use crate::support::{NEW_PASSWORD, PASSWORD, TestApp};

#[tokio::test]
async fn a_password_change_ends_all_other_sessions() {
    let app = TestApp::start().await;
    let (ann, other) = (app.sign_up("ann").await, app.log_in("ann").await);
    let reply = ann.put("/api/me/password", json!({"current": PASSWORD, "new": NEW_PASSWORD})).await;
    assert_eq!(reply.status, 204, "{reply:?}");
    assert_eq!(ann.get("/api/me").await.status, 200);
    assert_eq!(ann.post("/api/token", json!({})).await.status, 200);
    other.assert_session_has_ended().await;
    app.guest().try_log_in("ann", PASSWORD).await.assert_problem(401, "wrong-login");
    assert_eq!(app.guest().try_log_in("ann", NEW_PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_password_change_needs_the_current_password_and_a_strong_new_one() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let change =
        async |current, new| ann.put("/api/me/password", json!({"current": current, "new": new})).await;
    let wrong = change("not the password", NEW_PASSWORD).await;
    wrong.assert_problem(422, "wrong-password");
    assert_eq!(wrong.body["field"], "current");
    let weak = change(PASSWORD, "password1").await;
    weak.assert_problem(422, "weak-password");
    assert_eq!(weak.body["field"], "new");
    change(PASSWORD, "short").await.assert_field_error("new");
    app.log_in("ann").await;
}

#[tokio::test]
async fn the_new_password_must_differ_from_the_current_one() {
    let app = TestApp::start().await;
    let (ann, other) = (app.sign_up("ann").await, app.log_in("ann").await);
    let change =
        async |current, new| ann.put("/api/me/password", json!({"current": current, "new": new})).await;
    // The letter ü can be one character or two.
    assert_eq!(change(PASSWORD, "a purple k\u{fc}ken").await.status, 204);
    other.assert_session_has_ended().await;
    let other = app.guest().with_credentials(&app.guest().try_log_in("ann", "a purple k\u{fc}ken").await);
    for same in ["a purple k\u{fc}ken", "a purple ku\u{308}ken"] {
        let unchanged = change("a purple k\u{fc}ken", same).await;
        unchanged.assert_problem(422, "password-unchanged");
        assert_eq!(unchanged.body["field"], "new");
    }
    assert_eq!(other.get("/api/me").await.status, 200, "no session has ended");
    let wrong = change("not the password", "not the password").await;
    wrong.assert_problem(422, "wrong-password");
}
