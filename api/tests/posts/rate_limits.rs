//! The rate limit on posts: messages and wishes.

use jiff::SignedDuration;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{Reply, TestApp, TestClient};

async fn post(user: &TestClient, number: usize) -> Reply {
    match number % 2 {
        0 => user.post("/api/messages", json!({"body": format!("message {number}")})).await,
        _ => user.post("/api/wishes", json!({"name": format!("wish {number}")})).await,
    }
}

async fn post_thirty(user: &TestClient) {
    for number in 0..30 {
        let reply = post(user, number).await;
        assert_eq!(reply.status, 201, "{number}: {reply:?}");
    }
}

fn retry_after(reply: &Reply) -> i64 {
    reply.assert_problem(429, "too-many-tries");
    reply.header("retry-after").parse().unwrap()
}

fn with_key(user: &TestClient) -> TestClient {
    user.with("idempotency-key", uuid::Uuid::new_v4().to_string())
}

#[tokio::test]
async fn a_user_may_create_thirty_posts_in_five_minutes() {
    let app = TestApp::at_window_start().await;
    let (ann, bob) = (app.sign_up("ann").await, app.sign_up("bob").await);
    post_thirty(&ann).await;
    post(&ann, 0).await.assert_problem(429, "too-many-tries");
    let seconds = retry_after(&post(&ann, 1).await);
    assert!((2..=300).contains(&seconds), "{seconds}");
    assert_eq!(post(&bob, 0).await.status, 201, "the limit is each user's own");

    app.state.clock.advance(SignedDuration::from_secs(seconds));
    assert_eq!(post(&ann, 0).await.status, 201);
}

#[tokio::test]
async fn parallel_posts_never_exceed_the_limit() {
    let app = TestApp::at_window_start().await;
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
async fn a_replay_does_not_count_and_is_answered_beyond_the_limit() {
    let app = TestApp::at_window_start().await;
    let ann = app.sign_up("ann").await;
    for (path, content) in
        [("/api/messages", json!({"body": "hello"})), ("/api/wishes", json!({"name": "kite"}))]
    {
        let first = with_key(&ann);
        let created = first.post(path, content.clone()).await;
        for _ in 0..35 {
            assert_eq!(first.post(path, content.clone()).await.body, created.body);
        }
        for number in 0..29 {
            assert_eq!(post(&ann, number).await.status, 201);
        }
        post(&ann, 0).await.assert_problem(429, "too-many-tries");
        let replay = first.post(path, content.clone()).await;
        assert_eq!((replay.status, replay.body), (201, created.body.clone()));
        let other = match path {
            "/api/messages" => json!({"body": "something else"}),
            _ => json!({"name": "something else"}),
        };
        first.post(path, other).await.assert_problem(409, "key-reused");
        let id = created.body["id"].as_str().unwrap();
        assert_eq!(ann.delete(&format!("{path}/{id}")).await.status, 204, "deleting has no limit");
        first.post(path, content.clone()).await.assert_problem(410, "gone");
        with_key(&ann).post(path, content).await.assert_problem(429, "too-many-tries");
        app.state.clock.advance(SignedDuration::from_mins(5));
    }
}

#[tokio::test]
async fn a_post_that_was_not_created_does_not_count() {
    let app = TestApp::at_window_start().await;
    let ann = app.sign_up("ann").await;
    let used = with_key(&ann);
    assert_eq!(used.post("/api/messages", json!({"body": "hello"})).await.status, 201);
    for _ in 0..35 {
        used.post("/api/messages", json!({"body": "other"})).await.assert_problem(409, "key-reused");
        ann.post("/api/messages", json!({"body": ""})).await.assert_field_error("body");
    }
    for number in 0..29 {
        assert_eq!(post(&ann, number).await.status, 201);
    }
    post(&ann, 0).await.assert_problem(429, "too-many-tries");
}

#[tokio::test]
async fn posting_from_the_pages_without_javascript_has_the_same_limit() {
    let app = TestApp::at_window_start().await;
    let ann = app.sign_up("ann").await;
    post_thirty(&ann).await;
    let form = format!("author=ann&key={}&body=one+too+many", uuid::Uuid::new_v4());
    let send = |request: RequestBuilder| {
        request.header("content-type", "application/x-www-form-urlencoded").body(form)
    };
    let reply = ann.send(Method::POST, "/lite/messages", send).await;
    assert_eq!(reply.status, 429);
    assert!((1..=300).contains(&reply.header("retry-after").parse().unwrap()));
    let Value::String(page) = &reply.body else { panic!("{reply:?}") };
    assert!(page.contains("one too many"), "the form keeps the text: {page}");
}

#[tokio::test]
async fn edits_of_posts_and_profile_have_a_larger_limit() {
    let app = TestApp::at_window_start().await;
    let ann = app.sign_up("ann").await;
    let message = ann.post("/api/messages", json!({"body": "hello"})).await.body;
    let wish = ann.post("/api/wishes", json!({"name": "kite"})).await.body;
    let path = |kind: &str, post: &Value| format!("/api/{kind}/{}", post["id"].as_str().unwrap());
    let (message, wish) = (path("messages", &message), path("wishes", &wish));
    for version in 1..=40 {
        let edited = [
            ann.if_match(version).patch(&message, json!({"body": format!("edit {version}")})).await,
            ann.if_match(version).patch(&wish, json!({"received": version % 2 == 0})).await,
            ann.patch("/api/me", json!({"name": format!("Ann {version}")})).await,
        ];
        assert!(edited.iter().all(|reply| reply.status == 200), "{edited:?}");
    }
    let seconds = retry_after(&ann.if_match(41).patch(&message, json!({"body": "once more"})).await);
    assert!((2..=300).contains(&seconds), "{seconds}");
    retry_after(&ann.if_match(41).patch(&wish, json!({"received": true})).await);
    retry_after(&ann.patch("/api/me", json!({"name": "Once More"})).await);
    assert_eq!(post(&ann, 0).await.status, 201, "posting has a limit of its own");
    assert_eq!(ann.delete(&message).await.status, 204);
}

#[tokio::test]
async fn the_limit_factor_raises_the_limit() {
    let app = TestApp::with(|config| config.limit_factor = 2).await;
    app.wait_for_window_start();
    let ann = app.sign_up("ann").await;
    for _ in 0..2 {
        post_thirty(&ann).await;
    }
    post(&ann, 0).await.assert_problem(429, "too-many-tries");
}
