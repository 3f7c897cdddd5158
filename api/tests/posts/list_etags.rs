//! Asking again for a list: whoever has it already is not sent it.

use serde_json::{Value, json};

use crate::support::{Reply, TestApp};

const LISTS: [&str; 3] = ["/api/messages", "/api/wishes", "/api/users/ann/wishes"];

async fn asks_again(app: &TestApp, path: &str, tag: &str) -> Reply {
    app.guest().with("if-none-match", tag).get(path).await
}

#[tokio::test]
async fn an_unchanged_list_is_not_sent_again() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    ann.post("/api/messages", json!({"body": "hello"})).await;
    ann.post("/api/wishes", json!({"name": "a bicycle"})).await;
    for path in LISTS {
        let first = app.guest().get(path).await;
        let tag = first.header("etag").to_owned();
        assert!(tag.len() > 2 && tag.starts_with('"') && tag.ends_with('"'), "strong: {tag}");
        assert_eq!(first.header("cache-control"), "public, max-age=0, s-maxage=1");
        let weak = format!("W/{tag}");
        let among_others = format!("\"another\", {tag} ,\"and another\"");
        for known in [tag.as_str(), &weak, &among_others, "*"] {
            let again = asks_again(&app, path, known).await;
            assert_eq!((again.status, &again.body), (304, &Value::Null), "{path} {known}");
            assert_eq!(again.header("etag"), tag);
            assert_eq!(again.header("cache-control"), "public, max-age=0, s-maxage=1");
            assert_eq!(again.header("content-type"), "");
        }
    }
}

#[tokio::test]
async fn any_change_makes_it_another_list() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let mut tags = Vec::new();
    let posted = ann.post("/api/messages", json!({"body": "hello"})).await;
    let path = format!("/api/messages/{}", posted.body["id"].as_str().unwrap());
    tags.push(app.guest().get("/api/messages").await);
    ann.if_match(1).patch(&path, json!({"body": "good evening"})).await;
    tags.push(asks_again(&app, "/api/messages", tags[0].header("etag")).await);
    ann.delete(&path).await;
    tags.push(asks_again(&app, "/api/messages", tags[1].header("etag")).await);
    for reply in &tags {
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-type"), "application/json");
    }
    let (one, two, three) = (tags[0].header("etag"), tags[1].header("etag"), tags[2].header("etag"));
    assert!(one != two && two != three && one != three);
}

#[tokio::test]
async fn pages_and_limits_have_tags_of_their_own() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for body in ["first", "second"] {
        ann.post("/api/messages", json!({ "body": body })).await;
    }
    let all = app.guest().get("/api/messages").await;
    let one = asks_again(&app, "/api/messages?limit=1", all.header("etag")).await;
    assert_eq!(one.status, 200);
    let before = one.body["next"].as_str().unwrap();
    let older = format!("/api/messages?limit=1&before={before}");
    assert_eq!(asks_again(&app, &older, one.header("etag")).await.status, 200);
}

#[tokio::test]
async fn a_header_that_breaks_the_grammar_of_entity_tags_is_ignored() {
    let app = TestApp::start().await;
    let tag = app.guest().get("/api/messages").await.header("etag").to_owned();
    for broken in [
        tag.trim_matches('"').to_owned(),
        format!("w/{tag}"),
        format!("W/W/{tag}"),
        format!("{tag}, *"),
        format!("{tag} \"x\""),
        format!("\"x, {tag}, y\""),
        format!("{tag}, x"),
    ] {
        assert_eq!(asks_again(&app, "/api/messages", &broken).await.status, 200, "{broken}");
    }
    let guest = app.guest().with("if-none-match", "\"x\"");
    assert_eq!(
        guest.with("if-none-match", &tag).get("/api/messages").await.status,
        304,
        "on the second line"
    );
}

#[tokio::test]
async fn tags_that_are_none_are_as_good_as_no_tags() {
    let app = TestApp::start().await;
    for known in ["", ",", "nonsense", "\"", "W/", "\"\"", "W/*", "\u{ff}", &"\"a\",".repeat(2_000)] {
        let reply = asks_again(&app, "/api/messages", known).await;
        assert_eq!(reply.status, 200, "{known}");
    }
    let nobody = app.guest().with("if-none-match", "*").get("/api/users/nobody/wishes").await;
    nobody.assert_problem(404, "not-found");
}
