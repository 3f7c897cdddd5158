//! Ending sessions from the list: one session, or all others.

use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn a_user_can_end_another_session() {
    let app = TestApp::start().await;
    let (ann, other) = (app.sign_up("ann").await, app.log_in("ann").await);
    let path = format!("/api/me/sessions/{}", other.session_id().await);
    let reply = ann.delete(&path).await;
    assert_eq!((reply.status, reply.header("set-cookie")), (204, ""));
    other.assert_session_has_ended().await;
    assert_eq!(ann.sessions().await.len(), 1);
    ann.delete(&path).await.assert_problem(404, "not-found");
}

#[tokio::test]
async fn ending_the_current_session_deletes_its_cookie() {
    for (app, cookie) in [
        (
            TestApp::in_production().await,
            "__Host-session=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0",
        ),
        (TestApp::start().await, "wishboard-session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"),
    ] {
        let ann = app.sign_up("ann").await;
        let reply = ann.delete(&format!("/api/me/sessions/{}", ann.session_id().await)).await;
        assert_eq!((reply.status, reply.header("set-cookie")), (204, cookie));
        ann.get("/api/me").await.assert_problem(401, "not-logged-in");
    }
}

#[tokio::test]
async fn a_session_of_another_user_is_not_found() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.sign_up("ann").await, app.sign_up("bob").await);
    let id_of_bob = bob.session_id().await;
    for id in
        [id_of_bob.as_str(), &"A".repeat(43), "x", "%00", "ann", &"A".repeat(5000), "..%2f..%2fmessages"]
    {
        ann.delete(&format!("/api/me/sessions/{id}")).await.assert_problem(404, "not-found");
    }
    assert_eq!(bob.get("/api/me").await.status, 200);
}

#[tokio::test]
async fn a_user_can_end_all_other_sessions_at_once() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let others = [app.log_in("ann").await, app.log_in("ann").await];
    let bob = app.sign_up("bob").await;
    for _ in 0..2 {
        assert_eq!(ann.delete("/api/me/sessions").await.status, 204, "the request can be repeated");
    }
    for other in others {
        other.assert_session_has_ended().await;
    }
    assert_eq!(bob.get("/api/me").await.status, 200);
    assert_eq!(ann.sessions().await.len(), 1);
    assert_eq!(ann.post("/api/token", json!({})).await.status, 200);
    let later = app.log_in("ann").await;
    assert_eq!(later.sessions().await.len(), 2);
}

#[tokio::test]
async fn session_routes_need_a_login() {
    let guest = TestApp::start().await.guest();
    guest.get("/api/me/sessions").await.assert_problem(401, "not-logged-in");
    guest.delete("/api/me/sessions").await.assert_problem(401, "not-logged-in");
    guest.delete("/api/me/sessions/x").await.assert_problem(401, "not-logged-in");
}
