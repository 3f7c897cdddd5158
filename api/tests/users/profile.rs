//! The profile of the caller: renaming, and the routes under `/api/me` that need a login.

use serde_json::json;

use crate::support::TestApp;

#[tokio::test]
async fn a_new_name_is_shown_in_old_and_new_posts() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    ann.post("/api/messages", json!({"body": "before"})).await;
    let reply = ann.patch("/api/me", json!({"name": " Ann B. "})).await;
    assert_eq!((reply.status, &reply.body["name"]), (200, &json!("Ann B.")));
    assert_eq!(ann.get("/api/me").await.body["name"], "Ann B.");
    let after = ann.post("/api/messages", json!({"body": "after"})).await.body;
    assert_eq!(after["author"]["name"], "Ann B.");
    let messages = app.guest().get("/api/messages").await.body;
    assert_eq!(messages["messages"][1]["author"]["name"], "Ann B.");
}

#[tokio::test]
async fn invalid_profile_fields_are_rejected() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    ann.patch("/api/me", json!({"name": ""})).await.assert_field_error("name");
    ann.patch("/api/me", json!({"name": "x", "username": "eve"})).await.assert_field_error("username");
    assert_eq!(ann.get("/api/me").await.body["name"], "ANN");
}

#[tokio::test]
async fn account_routes_need_a_login() {
    let guest = TestApp::start().await.guest();
    guest.patch("/api/me", json!({"name": "x"})).await.assert_problem(401, "not-logged-in");
    guest.put("/api/me/password", json!({})).await.assert_problem(401, "not-logged-in");
    guest.post("/api/me/delete", json!({})).await.assert_problem(401, "not-logged-in");
    guest.get("/api/me/export").await.assert_problem(401, "not-logged-in");
}
