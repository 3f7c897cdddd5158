//! Rate limits on wrong passwords within a session: a password change and a deletion ask for the password again.

use serde_json::json;

use crate::support::attempts::{client_address, count_for_address, lock_account};
use crate::support::{NEW_PASSWORD, PASSWORD, TestApp};

#[tokio::test]
async fn each_session_may_send_ten_wrong_passwords() {
    let app = TestApp::start().await;
    let (ann, other) = (app.sign_up("ann").await, app.log_in("ann").await);
    lock_account(&app, "ann").await;
    let wrong_change = json!({"current": "not the password", "new": NEW_PASSWORD});
    let wrong_deletion = json!({"password": "not the password"});
    for _ in 0..5 {
        let change = ann.put("/api/me/password", wrong_change.clone()).await;
        change.assert_problem(422, "wrong-password");
        let deletion = ann.post("/api/me/delete", wrong_deletion.clone()).await;
        deletion.assert_problem(422, "wrong-password");
    }
    let change = json!({"current": PASSWORD, "new": NEW_PASSWORD});
    let seconds = ann.put("/api/me/password", change.clone()).await.retry_after();
    assert!((2..=900).contains(&seconds), "{seconds}");
    ann.post("/api/me/delete", json!({"password": PASSWORD})).await.retry_after();
    assert_eq!(ann.get("/api/me").await.status, 200, "the session stays valid");
    assert_eq!(other.put("/api/me/password", change).await.status, 204, "another session is not limited");
}

#[tokio::test]
async fn wrong_passwords_within_a_session_do_not_lock_the_account() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let change = json!({"current": "not the password", "new": NEW_PASSWORD});
    for _ in 0..10 {
        ann.put("/api/me/password", change.clone()).await.assert_problem(422, "wrong-password");
    }
    ann.put("/api/me/password", change).await.assert_problem(429, "too-many-tries");
    app.log_in("ann").await;
}

#[tokio::test]
async fn a_session_can_delete_a_locked_account_from_an_address_over_its_limit() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    count_for_address(&app, 89, client_address()).await;
    lock_account(&app, "ann").await;
    app.guest().log_in_with_wrong_password("bob").await.assert_problem(429, "too-many-tries");
    assert_eq!(ann.post("/api/me/delete", json!({"password": PASSWORD})).await.status, 204);
}
