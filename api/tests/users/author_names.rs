//! Renaming takes effect everywhere: posts show their author's current name, and a page of a list pays one
//! BatchGetItem for it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use api::local::dynamodb_engine::Engine;
use api::store::Store;
use aws_sdk_dynamodb::Client;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use jiff::Timestamp;
use serde_json::{Value, json};
use shared::messages::Message;
use shared::users::PublicUser;
use uuid::Uuid;

use crate::support::{PASSWORD, TestApp, TestClient};

const KEY: &str = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";

async fn rename(browser: &TestClient, name: &str) {
    assert_eq!(browser.patch("/api/me", json!({ "name": name })).await.status, 200);
}

/// The names of the authors or owners in a list, in its order.
fn names(list: &Value) -> Vec<&str> {
    let posts = list["messages"].as_array().or(list["wishes"].as_array()).unwrap();
    posts.iter().map(name).collect()
}

fn name(post: &Value) -> &str {
    post["author"]["name"].as_str().or(post["owner"]["name"].as_str()).unwrap()
}

#[tokio::test]
async fn a_new_name_is_shown_in_every_list_and_has_its_own_entity_tag() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.sign_up("ann").await, app.sign_up("bob").await);
    for browser in [&ann, &bob] {
        browser.post("/api/messages", json!({"body": "hello"})).await;
        browser.post("/api/wishes", json!({"name": "hello"})).await;
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
    let page = app.guest().get("/lite").await.body;
    assert!(
        page.as_str().unwrap().contains("<bdi>Ann B.</bdi>")
            && !page.as_str().unwrap().contains("<bdi>ANN</bdi>")
    );
    let export = ann.get("/api/me/export").await.body;
    assert_eq!(name(&export["messages"][0]), "Ann B.");
    assert_eq!(name(&export["wishes"][0]), "Ann B.");
}

#[tokio::test]
async fn edits_conflicts_and_replays_show_the_new_name() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("idempotency-key", KEY);
    for (path, new, change) in [
        ("/api/messages", json!({"body": "hello"}), json!({"body": "changed"})),
        ("/api/wishes", json!({"name": "hello"}), json!({"received": true})),
    ] {
        rename(&ann, "Before").await;
        ann.post(path, new.clone()).await;
        rename(&ann, "After").await;
        let replay = ann.post(path, new).await;
        assert_eq!((replay.status, name(&replay.body)), (201, "After"));
        let url = format!("{path}/{KEY}");
        let conflict = ann.if_match(7).patch(&url, change.clone()).await;
        assert_eq!((conflict.status, name(&conflict.body["current"])), (412, "After"));
        let edited = ann.if_match(1).patch(&url, change).await;
        assert_eq!((edited.status, name(&edited.body)), (200, "After"));
    }
}

#[tokio::test]
async fn a_page_of_twenty_authors_costs_one_query_a_shard_and_one_batch_get() {
    for shards in [1, 3] {
        let app = TestApp::with_shards(shards).await;
        for number in 0..20 {
            let browser = app.sign_up(&format!("user{number}")).await;
            browser.post("/api/messages", json!({"body": "hello"})).await;
            rename(&browser, &format!("Current {number}")).await;
        }
        let query = vec!["Query".to_owned(); usize::try_from(shards).unwrap()];
        app.database.take_operations();
        let page = app.guest().get("/api/messages").await;
        assert_eq!(app.database.take_operations(), [query.clone(), vec!["BatchGetItem".to_owned()]].concat());
        let expected: BTreeSet<String> = (0..20).map(|number| format!("Current {number}")).collect();
        assert_eq!(names(&page.body).into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), expected);
        let again = app.guest().with("if-none-match", page.header("etag")).get("/api/messages").await;
        assert_eq!(again.status, 304);
        app.database.take_operations();
        app.guest().get("/api/wishes").await;
        assert_eq!(app.database.take_operations(), query, "an empty page has no authors");
    }
}

#[tokio::test]
async fn a_deleted_author_is_not_shown_even_if_a_post_is_left() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.sign_up("ann").await, app.sign_up("bob").await);
    bob.post("/api/messages", json!({"body": "stays"})).await;
    assert_eq!(ann.post("/api/me/delete", json!({"password": PASSWORD})).await.status, 204);
    let (message, id) = left_behind("ann");
    app.state.store.create_post(id, message, String::new(), Timestamp::now()).await.unwrap();
    assert_eq!(app.guest().messages().await, ["stays"]);
}

/// A message of this user, as a request could store it that began before the account was deleted.
fn left_behind(username: &str) -> (Message, Uuid) {
    let id = Uuid::new_v4();
    let message = Message {
        id: id.to_string(),
        author: PublicUser { username: username.to_owned(), name: "Stored".to_owned() },
        body: "left behind".to_owned(),
        created_at: "2026-01-01T00:00:00.000Z".to_owned().try_into().unwrap(),
        edited_at: None,
        version: 1,
    };
    (message, id)
}

/// An engine whose first BatchGetItems leave all keys unprocessed, as DynamoDB does when it is throttled.
#[derive(Clone, Debug)]
struct Throttled {
    engine: Engine,
    left: Arc<AtomicUsize>,
}

impl HttpClient for Throttled {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Throttled {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let is_batch = request.headers().get("x-amz-target").unwrap().ends_with(".BatchGetItem");
        let take = || self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if !is_batch || take().is_err() {
            return self.engine.call(request);
        }
        let request: Value = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
        let reply = json!({"Responses": {}, "UnprocessedKeys": request["RequestItems"]}).to_string();
        HttpConnectorFuture::ready(Ok(HttpResponse::new(200.try_into().unwrap(), SdkBody::from(reply))))
    }
}

#[tokio::test]
async fn a_name_that_cannot_be_read_is_the_stored_one() {
    for (throttled, expected, calls_left) in [(2, "Current", 0), (3, "Stored", 0), (7, "Stored", 4)] {
        let (engine, left) = (Engine::in_memory().unwrap(), Arc::new(AtomicUsize::new(throttled)));
        let throttled = Throttled { engine: engine.clone(), left: left.clone() };
        let config = engine.client().config().to_builder().http_client(throttled).build();
        let store = Store::new(Client::from_conf(config), "wishboard", 1);
        store.create_tables().await.unwrap();
        let (message, id) = left_behind("ann");
        store.create_post(id, message, String::new(), Timestamp::now()).await.unwrap();
        let identity = api::store::external_identities::ExternalIdentity::new("issuer", "subject");
        let user = api::store::users::User {
            username: "ann".to_owned(),
            name: "Current".to_owned(),
            password_hash: None,
            generation: 1,
            created_at: Timestamp::UNIX_EPOCH,
            known_devices: Default::default(),
        };
        assert!(store.create_external_user(&identity, &user).await.unwrap());
        let page = store.list_posts::<Message>(None, 20).await.unwrap();
        assert_eq!(page.posts[0].author.name, expected);
        assert_eq!(left.load(Ordering::SeqCst), calls_left);
    }
}
