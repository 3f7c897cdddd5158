//! Posts show the current name of their author, which costs one BatchGetItem for each page.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use api::local::dynamodb_engine::Engine;
use api::store::Store;
use serde_json::{Value, json};
use shared::messages::Message;

use crate::support::database::client_with_responses;
use crate::support::stored::{message_by, store_external_user, store_message};
use crate::support::{PASSWORD, TestApp, TestClient, UUID};

async fn rename(client: &TestClient, name: &str) {
    assert_eq!(client.patch("/api/me", json!({ "name": name })).await.status, 200);
}

/// Returns the names of the authors or owners in a list, in the order of the list.
fn names(list: &Value) -> Vec<&str> {
    let posts = list["messages"].as_array().or(list["wishes"].as_array()).unwrap();
    posts.iter().map(name).collect()
}

/// Returns the name of the author or owner of a post.
fn name(post: &Value) -> &str {
    post["author"]["name"].as_str().or(post["owner"]["name"].as_str()).unwrap()
}

#[tokio::test]
async fn every_list_shows_a_new_name_and_gets_a_new_etag() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.sign_up("ann").await, app.sign_up("bob").await);
    for client in [&ann, &bob] {
        client.post("/api/messages", json!({"body": "hello"})).await;
        client.post("/api/wishes", json!({"name": "hello"})).await;
    }
    for (path, expected) in [
        ("/api/messages", vec!["BOB", "Ann B."]),
        ("/api/wishes", vec!["BOB", "Ann B."]),
        ("/api/users/ann/wishes", vec!["Ann B."]),
    ] {
        rename(&ann, "ANN").await;
        let before = app.guest().get(path).await;
        rename(&ann, "Ann B.").await;
        let guest = app.guest().with("if-none-match", before.header("etag"));
        let after = guest.get(path).await;
        assert_eq!(after.status, 200, "{path}: the client must not keep the old name");
        assert_eq!(names(&after.body), expected, "{path}");
        assert_ne!(before.header("etag"), after.header("etag"), "{path}");
    }
    for path in ["/lite", "/lite/wishes"] {
        let reply = app.guest().get(path).await;
        assert!(reply.html().contains(">Ann B.</bdi>") && !reply.html().contains(">ANN</bdi>"));
    }
    let export = ann.get("/api/me/export").await.body;
    assert_eq!(name(&export["messages"][0]), "Ann B.");
    assert_eq!(name(&export["wishes"][0]), "Ann B.");
}

#[tokio::test]
async fn edits_conflicts_and_replays_show_a_new_name() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("idempotency-key", UUID);
    for (list, new, change) in [
        ("/api/messages", json!({"body": "hello"}), json!({"body": "changed"})),
        ("/api/wishes", json!({"name": "hello"}), json!({"received": true})),
    ] {
        rename(&ann, "Before").await;
        let post = ann.create_post(list, &new).await;
        rename(&ann, "After").await;
        let replay = ann.post(list, new).await;
        assert_eq!((replay.status, name(&replay.body)), (201, "After"));
        let conflict = ann.if_match(7).patch(&post, change.clone()).await;
        assert_eq!((conflict.status, name(&conflict.body["current"])), (412, "After"));
        let edited = ann.if_match(1).patch(&post, change).await;
        assert_eq!((edited.status, name(&edited.body)), (200, "After"));
    }
}

#[tokio::test]
async fn a_page_with_twenty_authors_costs_one_query_per_shard_and_one_batch_get() {
    for shards in [1, 3] {
        let app = TestApp::with_config(|config| config.shards = shards).await;
        for number in 0..20 {
            let (store, username) = (&app.state.store, format!("user{number}"));
            store_external_user(store, &username, &format!("Current {number}")).await;
            store_message(store, message_by(&username, "hello")).await;
        }
        let queries = vec!["Query".to_owned(); usize::try_from(shards).unwrap()];
        app.database.take_operations();
        let page = app.guest().get("/api/messages").await;
        let expected = [queries.clone(), vec!["BatchGetItem".to_owned()]].concat();
        assert_eq!(app.database.take_operations(), expected);
        let expected: BTreeSet<String> = (0..20).map(|number| format!("Current {number}")).collect();
        assert_eq!(names(&page.body).into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), expected);
        let again = app.guest().with("if-none-match", page.header("etag")).get("/api/messages").await;
        assert_eq!(again.status, 304);
        app.database.take_operations();
        app.guest().get("/api/wishes").await;
        assert_eq!(app.database.take_operations(), queries, "an empty page has no authors");
    }
}

#[tokio::test]
async fn a_remaining_post_of_a_deleted_author_is_not_listed() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.sign_up("ann").await, app.sign_up("bob").await);
    bob.post("/api/messages", json!({"body": "by bob"})).await;
    assert_eq!(ann.post("/api/me/delete", json!({"password": PASSWORD})).await.status, 204);
    // A request that began before the deletion can still store a post.
    store_message(&app.state.store, message_by("ann", "by ann")).await;
    assert_eq!(app.guest().messages().await, ["by bob"]);
}

#[tokio::test]
async fn a_list_shows_the_stored_name_if_three_reads_of_the_current_one_fail() {
    for (failures, expected_name, failures_left) in [(2, "Current", 0), (3, "Stored", 0), (7, "Stored", 4)] {
        let engine = Engine::in_memory().unwrap();
        let left = Arc::new(AtomicUsize::new(failures));
        let store = store_that_is_throttled(engine, left.clone());
        store.create_tables().await.unwrap();
        store_message(&store, message_by("ann", "hello")).await;
        store_external_user(&store, "ann", "Current").await;
        let page = store.list_posts::<Message>(None, 20).await.unwrap();
        assert_eq!(page.posts[0].author.name, expected_name);
        assert_eq!(left.load(Ordering::SeqCst), failures_left);
    }
}

/// Returns a store whose first BatchGetItem requests return all keys unprocessed, as DynamoDB does if it throttles a
/// table.
fn store_that_is_throttled(engine: Engine, left: Arc<AtomicUsize>) -> Store {
    let client = client_with_responses(engine, move |request| {
        if !request.headers().get("x-amz-target")?.ends_with(".BatchGetItem") {
            return None;
        }
        left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).ok()?;
        let request: Value = serde_json::from_slice(request.body().bytes()?).unwrap();
        let response = json!({"Responses": {}, "UnprocessedKeys": request["RequestItems"]});
        Some((200, response.to_string()))
    });
    Store::new(client, "wishboard", 1)
}
