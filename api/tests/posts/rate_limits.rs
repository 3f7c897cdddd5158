//! Rate limits on posts (messages and wishes together) and on edits.

use jiff::SignedDuration;
use serde_json::json;
use tokio::task::JoinSet;

use crate::support::post_kind::PostKind;
use crate::support::{Reply, TestApp, TestClient};

/// Creates a message if the number is even, and a wish otherwise.
async fn post(user: &TestClient, number: usize) -> Reply {
    match number % 2 {
        0 => user.post("/api/messages", json!({"body": format!("message {number}")})).await,
        _ => user.post("/api/wishes", json!({"name": format!("wish {number}")})).await,
    }
}

async fn create_posts(user: &TestClient, count: usize) {
    for number in 0..count {
        let reply = post(user, number).await;
        assert_eq!(reply.status, 201, "{number}: {reply:?}");
    }
}

fn with_new_key(user: &TestClient) -> TestClient {
    user.with("idempotency-key", uuid::Uuid::new_v4().to_string())
}

#[tokio::test]
async fn each_user_may_create_thirty_posts_in_five_minutes() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.sign_up("ann").await, app.sign_up("bob").await);
    create_posts(&ann, 30).await;
    post(&ann, 0).await.assert_problem(429, "too-many-tries");
    let seconds = post(&ann, 1).await.retry_after();
    assert!((2..=300).contains(&seconds), "{seconds}");
    assert_eq!(post(&bob, 0).await.status, 201);

    app.advance(SignedDuration::from_secs(seconds));
    assert_eq!(post(&ann, 0).await.status, 201);
}

#[tokio::test]
async fn parallel_posts_never_exceed_the_limit() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let mut posts = JoinSet::new();
    for number in 0..45 {
        let ann = ann.clone();
        posts.spawn(async move { post(&ann, number).await.status });
    }
    let statuses = posts.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 30);
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 15);
    assert_eq!(app.database.items("message#").len() + app.database.items("wish#").len(), 30);
}

#[tokio::test]
async fn a_replay_does_not_count_and_succeeds_over_the_limit() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for kind in PostKind::both() {
        let first = with_new_key(&ann);
        let created = first.post(kind.list, kind.new.clone()).await;
        for _ in 0..35 {
            assert_eq!(first.post(kind.list, kind.new.clone()).await.body, created.body);
        }
        create_posts(&ann, 29).await;
        post(&ann, 0).await.assert_problem(429, "too-many-tries");
        let replay = first.post(kind.list, kind.new.clone()).await;
        assert_eq!((replay.status, &replay.body), (201, &created.body));
        first.post(kind.list, kind.edit("other")).await.assert_problem(409, "key-reused");
        let path = format!("{}/{}", kind.list, created.body["id"].as_str().unwrap());
        assert_eq!(ann.delete(&path).await.status, 204, "deletions have no limit");
        first.post(kind.list, kind.new.clone()).await.assert_problem(410, "gone");
        with_new_key(&ann).post(kind.list, kind.new).await.assert_problem(429, "too-many-tries");
        app.advance(SignedDuration::from_mins(5));
    }
}

#[tokio::test]
async fn a_rejected_post_does_not_count() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let used = with_new_key(&ann);
    assert_eq!(used.post("/api/messages", json!({"body": "hello"})).await.status, 201);
    for _ in 0..35 {
        used.post("/api/messages", json!({"body": "other"})).await.assert_problem(409, "key-reused");
        ann.post("/api/messages", json!({"body": ""})).await.assert_field_error("body");
    }
    create_posts(&ann, 29).await;
    post(&ann, 0).await.assert_problem(429, "too-many-tries");
}

#[tokio::test]
async fn the_forms_of_lite_have_the_same_limit_and_keep_the_text() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    create_posts(&ann, 30).await;
    let key = uuid::Uuid::new_v4().to_string();
    for (path, field) in [("/lite/messages", "body"), ("/lite/wishes", "name")] {
        let fields = [("author", "ann"), ("key", key.as_str()), (field, "one too many")];
        let reply = ann.submit_form(path, &fields).await;
        assert_eq!(reply.status, 429);
        assert!((1..=300).contains(&reply.header("retry-after").parse().unwrap()));
        assert!(reply.html().contains("one too many"), "{reply:?}");
    }
}

#[tokio::test]
async fn edits_of_posts_and_of_the_profile_share_a_limit_of_120() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let message = ann.create_post("/api/messages", &json!({"body": "hello"})).await;
    let wish = ann.create_post("/api/wishes", &json!({"name": "kite"})).await;
    for version in 1..=40 {
        let edited = [
            ann.if_match(version).patch(&message, json!({"body": format!("edit {version}")})).await,
            ann.if_match(version).patch(&wish, json!({"received": version % 2 == 0})).await,
            ann.patch("/api/me", json!({"name": format!("Ann {version}")})).await,
        ];
        assert!(edited.iter().all(|reply| reply.status == 200), "{edited:?}");
    }
    let seconds = ann.if_match(41).patch(&message, json!({"body": "one too many"})).await.retry_after();
    assert!((2..=300).contains(&seconds), "{seconds}");
    ann.if_match(41).patch(&wish, json!({"received": true})).await.retry_after();
    ann.patch("/api/me", json!({"name": "One Too Many"})).await.retry_after();
    assert_eq!(post(&ann, 0).await.status, 201, "new posts have another limit");
    assert_eq!(ann.delete(&message).await.status, 204);
}

#[tokio::test]
async fn the_limit_factor_multiplies_the_limit() {
    let app = TestApp::with_limit_factor(2).await;
    let ann = app.sign_up("ann").await;
    create_posts(&ann, 60).await;
    post(&ann, 0).await.assert_problem(429, "too-many-tries");
}
