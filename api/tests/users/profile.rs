//! What people do with their own account.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::json;

use crate::support::{PASSWORD, TestApp};

const NEW: &str = "twelve purple kettles sing";

#[tokio::test]
async fn a_new_name_counts_for_old_posts_too() {
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
    ann.patch("/api/me", json!({"name": ""})).await.assert_field_error("name");
    ann.patch("/api/me", json!({"name": "x", "username": "eve"})).await.assert_field_error("username");
}

#[tokio::test]
async fn a_new_password_ends_every_other_session() {
    let app = TestApp::start().await;
    let (ann, other) = (app.sign_up("ann").await, app.log_in("ann").await);
    let reply = ann.put("/api/me/password", json!({"current": PASSWORD, "new": NEW})).await;
    assert_eq!(reply.status, 204, "{reply:?}");
    assert_eq!(ann.get("/api/me").await.status, 200);
    assert_eq!(ann.post("/api/token", json!({})).await.status, 200);
    other.get("/api/me").await.assert_problem(401, "not-logged-in");
    other.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
    let log_in = async |password| {
        app.guest().post("/api/login", json!({"username": "ann", "password": password})).await
    };
    log_in(PASSWORD).await.assert_problem(401, "wrong-login");
    assert_eq!(log_in(NEW).await.status, 200);
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_must_be_strong() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let change =
        async |current, new| ann.put("/api/me/password", json!({"current": current, "new": new})).await;
    let wrong = change("not the password", NEW).await;
    wrong.assert_problem(422, "wrong-password");
    assert_eq!(wrong.body["field"], "current");
    let weak = change(PASSWORD, "password1").await;
    weak.assert_problem(422, "weak-password");
    assert_eq!(weak.body["field"], "new");
    change(PASSWORD, "short").await.assert_field_error("new");
    app.log_in("ann").await;
}

#[tokio::test]
async fn an_export_has_all_that_is_stored_and_no_hash() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    ann.post("/api/messages", json!({"body": "hello"})).await;
    ann.post("/api/wishes", json!({"name": "Bicycle"})).await;
    let export = ann.get("/api/me/export").await;
    assert_eq!(export.status, 200);
    assert_eq!(export.header("cache-control"), "no-store");
    assert_eq!(export.body["user"]["username"], "ann");
    assert_eq!(export.body["messages"][0]["body"], "hello");
    assert_eq!(export.body["wishes"][0]["name"], "Bicycle");
    assert_eq!(export.body["sessions"].as_array().unwrap().len(), 1);
    let text = export.body.to_string();
    for secret in ["argon2", "sid", "request", "generation"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[tokio::test]
async fn an_export_of_much_comes_in_pages() {
    let app = TestApp::with(|config| config.limit_factor = 100).await;
    let ann = app.sign_up("ann").await;
    for number in 0..520 {
        ann.post("/api/wishes", json!({"name": format!("wish {number}")})).await;
    }
    let first = ann.get("/api/me/export").await.body;
    assert_eq!(first["wishes"].as_array().unwrap().len(), 500);
    let next = first["next"].as_str().unwrap();
    let second = ann.get(&format!("/api/me/export?before={next}")).await.body;
    assert_eq!(second["wishes"].as_array().unwrap().len(), 20);
    assert_eq!(second["sessions"].as_array().unwrap().len(), 1);
    ann.get("/api/me/export?before=x").await.assert_field_error("before");
}

/// DynamoDB rejects a sort key of more than 1,024 bytes, which would be a server error.
#[tokio::test]
async fn an_export_cursor_with_a_long_timestamp_is_refused() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let annotations = "[x=y]".repeat(300);
    for time in [format!("2026-01-01T00:00:00.000Z{annotations}"), "2026-01-01T00:00:00Z[UTC]".to_owned()] {
        let cursor = BASE64_URL_SAFE_NO_PAD.encode(format!("message#{time}#x"));
        ann.get(&format!("/api/me/export?before={cursor}")).await.assert_field_error("before");
    }
}

#[tokio::test]
async fn a_deleted_account_leaves_nothing_and_its_name_is_never_anybodys() {
    let app = TestApp::with(|config| config.limit_factor = 100).await;
    let (ann, other, bob) = (app.sign_up("ann").await, app.log_in("ann").await, app.sign_up("bob").await);
    for number in 0..250 {
        ann.post("/api/wishes", json!({"name": format!("wish {number}")})).await;
    }
    ann.post("/api/messages", json!({"body": "ann was here"})).await;
    bob.post("/api/messages", json!({"body": "bob too"})).await;

    let delete = async || ann.post("/api/me/delete", json!({"password": PASSWORD})).await.status;
    assert_eq!(delete().await, 202, "there is more: ask again");
    let mut asked = 1;
    while delete().await == 202 {
        asked += 1;
        assert!(asked < 10);
    }
    for ended in [&ann, &other] {
        ended.get("/api/me").await.assert_problem(401, "not-logged-in");
        ended.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
    }
    assert_eq!(app.guest().messages().await, ["bob too"]);
    assert_eq!(app.guest().get("/api/wishes").await.body["wishes"], json!([]));
    app.guest().get("/api/users/ann/wishes").await.assert_problem(404, "not-found");
    let again = json!({"username": "ann", "password": PASSWORD, "name": "Ann"});
    app.guest().post("/api/signup", again.clone()).await.assert_problem(409, "username-taken");
    app.guest()
        .post("/api/login", json!({"username": "ann", "password": PASSWORD}))
        .await
        .assert_problem(401, "wrong-login");
}

#[tokio::test]
async fn an_account_with_little_is_deleted_at_once() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    ann.post("/api/messages", json!({"body": "hello"})).await;
    assert_eq!(ann.post("/api/me/delete", json!({"password": PASSWORD})).await.status, 204);
    assert!(app.guest().messages().await.is_empty());
}

#[tokio::test]
async fn an_export_has_only_logins_that_live() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    app.log_in("ann").await;
    ann.put("/api/me/password", json!({"current": PASSWORD, "new": NEW})).await;
    assert_eq!(ann.get("/api/me/export").await.body["sessions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn an_account_without_anything_is_deleted_at_once() {
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
async fn all_of_it_demands_a_login() {
    let app = TestApp::start().await;
    let guest = app.guest();
    guest.patch("/api/me", json!({"name": "x"})).await.assert_problem(401, "not-logged-in");
    guest.put("/api/me/password", json!({})).await.assert_problem(401, "not-logged-in");
    guest.post("/api/me/delete", json!({})).await.assert_problem(401, "not-logged-in");
    guest.get("/api/me/export").await.assert_problem(401, "not-logged-in");
}
