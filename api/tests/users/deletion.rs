//! Deleting an account leaves a tombstone in the table and nothing else. The tests read the whole table, which the app
//! itself never does.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::identity_provider::{app_with_provider, token};
use crate::support::{PASSWORD, TestApp};

/// The items of the table that belong to a user: all but the counters of rate limits. A counter's key is a hash, which
/// changes with each window, and the counter has nothing but a number and when it ends.
fn items(app: &TestApp) -> BTreeMap<String, Value> {
    let mut items = app.scan();
    items.retain(|pk, item| {
        let is_counter = pk.starts_with("limit#");
        let names = item.as_object().unwrap().keys();
        let only_counts =
            names.clone().all(|name| ["pk", "hits", "pending", "expires"].contains(&name.as_str()));
        assert!(!is_counter || only_counts, "{item}");
        !is_counter
    });
    items
}

/// Checks that all that was added to the table is the tombstone of this user.
fn only_the_tombstone_was_added(app: &TestApp, before: &BTreeMap<String, Value>, username: &str) {
    let mut after = items(app);
    let tombstone = after.remove(&format!("user#{username}")).unwrap();
    let names: Vec<&String> = tombstone.as_object().unwrap().keys().collect();
    assert_eq!(names, ["closed_at", "pk"], "{tombstone}");
    assert_eq!(after.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>(), "items are left behind");
    assert_eq!(after, *before);
}

#[tokio::test]
async fn a_deleted_account_leaves_only_its_tombstone() {
    let app = TestApp::start().await;
    let bob = app.sign_up("bob").await;
    bob.post("/api/messages", json!({"body": "stays"})).await;
    let before = items(&app);

    let ann = app.sign_up("ann").await;
    app.log_in("ann").await;
    assert_eq!(ann.delete("/api/me/sessions").await.status, 204, "leaves a session that has ended");
    app.log_in("ann").await;
    app.guest().post("/api/login", json!({"username": "ann", "password": "not the password"})).await;
    for (path, new) in
        [("/api/messages", json!({"body": "hello"})), ("/api/wishes", json!({"name": "hello"}))]
    {
        ann.post(path, new.clone()).await;
        let other = ann.post(path, new).await.body;
        let deleted = ann.delete(&format!("{path}/{}", other["id"].as_str().unwrap())).await;
        assert_eq!(deleted.status, 204, "leaves a marker");
    }
    let kinds = |kind: &str| items(&app).keys().filter(|pk| pk.starts_with(kind)).count();
    assert_eq!(
        [kinds("session#"), kinds("message#"), kinds("wish#")],
        [4, 3, 2],
        "all of it is in the table"
    );
    let export = ann.get("/api/me/export").await.body;
    assert_eq!(export["messages"].as_array().map(Vec::len), Some(1), "a marker is not exported");

    assert_eq!(ann.post("/api/me/delete", json!({"password": PASSWORD})).await.status, 204);
    only_the_tombstone_was_added(&app, &before, "ann");
}

#[tokio::test]
async fn an_account_with_much_leaves_only_its_tombstone() {
    let app = TestApp::with(|config| config.limit_factor = 10).await;
    let before = items(&app);
    let ann = app.sign_up("ann").await;
    for number in 0..215 {
        let wish = ann.post("/api/wishes", json!({"name": format!("wish {number}")})).await.body;
        if number >= 205 {
            ann.delete(&format!("/api/wishes/{}", wish["id"].as_str().unwrap())).await;
        }
    }
    let delete = async || ann.post("/api/me/delete", json!({"password": PASSWORD})).await.status;
    assert_eq!(delete().await, 202);
    assert_eq!(ann.get("/api/me").await.status, 200, "the session that asks stays until the end");
    assert_eq!(delete().await, 204);
    only_the_tombstone_was_added(&app, &before, "ann");
}

#[tokio::test]
async fn an_account_of_an_external_issuer_leaves_only_its_tombstone() {
    let (app, issuer) = app_with_provider("").await;
    let before = items(&app);
    let external = app.guest().with_token(&token(&app, &issuer));
    external.post("/api/messages", json!({"body": "hello"})).await;
    let username = external.get("/api/me").await.body["username"].as_str().unwrap().to_owned();
    assert!(items(&app).keys().any(|pk| pk.starts_with("identity#")));
    assert_eq!(external.post("/api/me/delete", json!({})).await.status, 204);
    only_the_tombstone_was_added(&app, &before, &username);
}
