//! Entity tags of lists and `If-None-Match` (RFC 9110, section 13.1.2): the API does not send an unchanged list again.

use serde_json::{Value, json};

use crate::support::{Reply, TestApp};

const LISTS: [&str; 3] = ["/api/messages", "/api/wishes", "/api/users/ann/wishes"];

async fn get_if_none_match(app: &TestApp, path: &str, etag: &str) -> Reply {
    app.guest().with("if-none-match", etag).get(path).await
}

#[tokio::test]
async fn an_unchanged_list_is_304() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    ann.post("/api/messages", json!({"body": "hello"})).await;
    ann.post("/api/wishes", json!({"name": "a bicycle"})).await;
    for path in LISTS {
        let first = app.guest().get(path).await;
        let etag = first.header("etag").to_owned();
        assert!(etag.len() > 2 && etag.starts_with('"') && etag.ends_with('"'), "a strong tag: {etag}");
        assert_eq!(first.header("cache-control"), "public, max-age=0, s-maxage=1");
        let weak = format!("W/{etag}");
        let list = format!("\"another\", {etag} ,\"and another\"");
        for known in [etag.as_str(), &weak, &list, "*"] {
            let again = get_if_none_match(&app, path, known).await;
            assert_eq!((again.status, &again.body), (304, &Value::Null), "{path} {known}");
            assert_eq!(again.header("etag"), etag);
            assert_eq!(again.header("cache-control"), "public, max-age=0, s-maxage=1");
            assert_eq!(again.header("content-type"), "");
        }
    }
}

#[tokio::test]
async fn an_edit_and_a_deletion_change_the_etag() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let post = ann.create_post("/api/messages", &json!({"body": "hello"})).await;
    let created = app.guest().get("/api/messages").await;
    ann.if_match(1).patch(&post, json!({"body": "good evening"})).await;
    let edited = get_if_none_match(&app, "/api/messages", created.header("etag")).await;
    ann.delete(&post).await;
    let deleted = get_if_none_match(&app, "/api/messages", edited.header("etag")).await;
    for reply in [&created, &edited, &deleted] {
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-type"), "application/json");
    }
    let [first, second, third] = [&created, &edited, &deleted].map(|reply| reply.header("etag"));
    assert!(first != second && second != third && first != third);
}

#[tokio::test]
async fn each_page_and_each_limit_has_its_own_etag() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for body in ["first", "second"] {
        ann.post("/api/messages", json!({ "body": body })).await;
    }
    let all = app.guest().get("/api/messages").await;
    let one = get_if_none_match(&app, "/api/messages?limit=1", all.header("etag")).await;
    assert_eq!(one.status, 200);
    let before = one.body["next"].as_str().unwrap();
    let older = format!("/api/messages?limit=1&before={before}");
    assert_eq!(get_if_none_match(&app, &older, one.header("etag")).await.status, 200);
}

#[tokio::test]
async fn an_invalid_if_none_match_is_ignored() {
    let app = TestApp::start().await;
    let etag = app.guest().get("/api/messages").await.header("etag").to_owned();
    for invalid in [
        etag.trim_matches('"'),
        &format!("w/{etag}"),
        &format!("W/W/{etag}"),
        &format!("{etag}, *"),
        &format!("{etag} \"x\""),
        &format!("\"x, {etag}, y\""),
        &format!("{etag}, x"),
        "",
        ",",
        "nonsense",
        "\"",
        "W/",
        "\"\"",
        "W/*",
        "\u{ff}",
        &"\"a\",".repeat(2_000),
    ] {
        assert_eq!(get_if_none_match(&app, "/api/messages", invalid).await.status, 200, "{invalid}");
    }
}

#[tokio::test]
async fn a_second_if_none_match_header_is_read_too() {
    let app = TestApp::start().await;
    let etag = app.guest().get("/api/messages").await.header("etag").to_owned();
    let guest = app.guest().with("if-none-match", "\"x\"").with("if-none-match", &etag);
    assert_eq!(guest.get("/api/messages").await.status, 304);
}

#[tokio::test]
async fn an_unknown_list_is_404_with_if_none_match_too() {
    let app = TestApp::start().await;
    let reply = get_if_none_match(&app, "/api/users/unknown/wishes", "*").await;
    reply.assert_problem(404, "not-found");
}
