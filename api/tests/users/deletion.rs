//! Deleting an account: the responses, and the items that remain in the table.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::identity_provider::AppWithProvider;
use crate::support::{PASSWORD, TestApp, TestClient, sign_up_body};

async fn delete_account(client: &TestClient) -> u16 {
    client.post("/api/me/delete", json!({"password": PASSWORD})).await.status
}

/// Returns all items except the counters of rate limits, which contain no data of a user: the key of a counter is a
/// hash that changes with each window.
fn items_of_users(app: &TestApp) -> BTreeMap<String, Value> {
    let mut items = app.database.items("");
    items.retain(|key, item| {
        let is_counter = key.starts_with("limit#");
        let is_count = |name: &String| ["pk", "hits", "pending", "expires"].contains(&name.as_str());
        assert!(!is_counter || item.as_object().unwrap().keys().all(is_count), "{item}");
        !is_counter
    });
    items
}

/// Checks that the only new item since `before` is the tombstone of this user.
fn assert_only_the_tombstone_is_new(app: &TestApp, before: &BTreeMap<String, Value>, username: &str) {
    let mut after = items_of_users(app);
    let tombstone = after.remove(&format!("user#{username}")).unwrap();
    let names: Vec<&String> = tombstone.as_object().unwrap().keys().collect();
    assert_eq!(names, ["closed_at", "pk"], "{tombstone}");
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
    assert_eq!(after, *before);
}

#[tokio::test]
async fn a_deletion_needs_the_password_and_deletes_the_cookie() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let wrong = ann.post("/api/me/delete", json!({"password": "not the password"})).await;
    wrong.assert_problem(422, "wrong-password");
    assert_eq!(wrong.body["field"], "password");
    let reply = ann.post("/api/me/delete", json!({"password": PASSWORD})).await;
    assert_eq!(reply.status, 204);
    assert!(reply.header("set-cookie").contains("Max-Age=0"));
}

#[tokio::test]
async fn a_small_account_is_deleted_by_one_request() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    ann.post("/api/messages", json!({"body": "hello"})).await;
    assert_eq!(delete_account(&ann).await, 204);
    assert!(app.guest().messages().await.is_empty());
}

#[tokio::test]
async fn a_deleted_account_has_no_posts_or_sessions_and_its_username_stays_taken() {
    let app = TestApp::start().await;
    let (ann, other, bob) = (app.sign_up("ann").await, app.log_in("ann").await, app.sign_up("bob").await);
    ann.post("/api/wishes", json!({"name": "Bicycle"})).await;
    ann.post("/api/messages", json!({"body": "by ann"})).await;
    bob.post("/api/messages", json!({"body": "by bob"})).await;
    assert_eq!(delete_account(&ann).await, 204);
    for client in [&ann, &other] {
        client.assert_session_has_ended().await;
    }
    assert_eq!(app.guest().messages().await, ["by bob"]);
    assert_eq!(app.guest().get("/api/wishes").await.body["wishes"], json!([]));
    app.guest().get("/api/users/ann/wishes").await.assert_problem(404, "not-found");
    app.guest().post("/api/signup", sign_up_body("ann")).await.assert_problem(409, "username-taken");
    app.guest().try_log_in("ann", PASSWORD).await.assert_problem(401, "wrong-login");
}

#[tokio::test]
async fn a_deleted_account_leaves_only_its_tombstone() {
    let app = TestApp::start().await;
    let bob = app.sign_up("bob").await;
    bob.post("/api/messages", json!({"body": "by bob"})).await;
    let before = items_of_users(&app);

    let ann = app.sign_up("ann").await;
    app.log_in("ann").await;
    assert_eq!(ann.delete("/api/me/sessions").await.status, 204, "leaves an ended session in the table");
    app.log_in("ann").await;
    app.guest().log_in_with_wrong_password("ann").await;
    for (list, new) in
        [("/api/messages", json!({"body": "hello"})), ("/api/wishes", json!({"name": "hello"}))]
    {
        ann.create_post(list, &new).await;
        let other = ann.create_post(list, &new).await;
        assert_eq!(ann.delete(&other).await.status, 204, "leaves a deletion marker in the table");
    }
    let count = |prefix: &str| items_of_users(&app).keys().filter(|key| key.starts_with(prefix)).count();
    assert_eq!([count("session#"), count("message#"), count("wish#")], [4, 3, 2]);
    let export = ann.get("/api/me/export").await.body;
    assert_eq!(export["messages"].as_array().map(Vec::len), Some(1), "deletion markers are not exported");

    assert_eq!(delete_account(&ann).await, 204);
    assert_only_the_tombstone_is_new(&app, &before, "ann");
}

#[tokio::test]
async fn a_large_account_is_deleted_by_repeated_requests_and_leaves_only_its_tombstone() {
    let app = TestApp::with_limit_factor(10).await;
    let before = items_of_users(&app);
    let ann = app.sign_up("ann").await;
    for number in 0..215 {
        let wish = ann.create_post("/api/wishes", &json!({"name": format!("wish {number}")})).await;
        if number >= 205 {
            ann.delete(&wish).await;
        }
    }
    assert_eq!(delete_account(&ann).await, 202, "the client must repeat the request");
    assert_eq!(ann.get("/api/me").await.status, 200, "the session stays until the last request");
    assert_eq!(delete_account(&ann).await, 204);
    assert_only_the_tombstone_is_new(&app, &before, "ann");
}

#[tokio::test]
async fn an_external_user_leaves_only_the_tombstone() {
    let with_provider = AppWithProvider::start("").await;
    let app = &with_provider.app;
    let before = items_of_users(app);
    let external = with_provider.client();
    external.post("/api/messages", json!({"body": "hello"})).await;
    let username = external.get("/api/me").await.body["username"].as_str().unwrap().to_owned();
    assert!(items_of_users(app).keys().any(|key| key.starts_with("identity#")));
    assert_eq!(external.post("/api/me/delete", json!({})).await.status, 204);
    assert_only_the_tombstone_is_new(app, &before, &username);
}
