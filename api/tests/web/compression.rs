//! Compression of responses: which ones, in which encoding, and with which headers (RFC 9110, sections 8.4, 8.8.3 and
//! 12.5.3).

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::client::TestClient;
use crate::support::content_encoding::decode;
use crate::support::{PASSWORD, Reply, TestApp};

/// Paths whose responses are the same for all users, and long enough to be compressed.
const SHARED_PATHS: [&str; 7] = [
    "/api/messages",
    "/api/wishes",
    "/api/users/ann/wishes",
    "/.well-known/jwks.json",
    "/lite",
    "/lite/wishes",
    "/lite/style.css",
];

/// The `Accept-Encoding` header of a browser.
const BROWSER_ENCODINGS: &str = "gzip, deflate, br, zstd";

/// Starts a server with 20 messages and 20 wishes of the user `ann`. Returns a client that is logged in.
async fn start_with_posts() -> (TestApp, TestClient) {
    let app = TestApp::with_limit_factor(10).await;
    let ann = app.sign_up("ann").await;
    for number in 0..20 {
        ann.create_post("/api/messages", &json!({"body": format!("Message {number}: hello!")})).await;
        ann.create_post("/api/wishes", &json!({"name": format!("a kite {number}")})).await;
    }
    (app, ann)
}

/// Gets a path as a client with this `Accept-Encoding`.
async fn get(client: &TestClient, encodings: &str, path: &str) -> Reply {
    client.with("accept-encoding", encodings).get(path).await
}

/// Returns whether the only `Vary` header names `Accept-Encoding`.
fn varies(reply: &Reply) -> bool {
    assert!(reply.headers.get_all("vary").iter().count() <= 1, "{reply:?}");
    reply.header("vary").split(", ").filter(|name| *name == "accept-encoding").count() == 1
}

/// Checks that the response is not compressed, although it is long enough and the client accepts it.
#[track_caller]
fn assert_is_not_compressed(reply: &Reply, what: &str) {
    assert!(reply.content.len() > 1_000, "{what}: {} bytes", reply.content.len());
    assert_eq!(reply.header("content-encoding"), "", "{what}");
    assert!(!varies(reply), "{what}");
    assert_eq!(reply.header("content-length"), reply.content.len().to_string(), "{what}");
}

#[tokio::test]
async fn responses_that_are_the_same_for_all_users_are_compressed() {
    let (app, ann) = start_with_posts().await;
    for path in SHARED_PATHS {
        let plain = app.guest().get(path).await;
        assert_eq!((plain.status, plain.header("content-encoding")), (200, ""), "{path}");
        assert!(varies(&plain), "{path}");
        assert_eq!(plain.header("content-length"), plain.content.len().to_string());
        for (client, encoding) in [(app.guest(), "gzip"), (app.guest(), "br"), (ann.without("cookie"), "br")]
        {
            let reply = get(&client, encoding, path).await;
            assert_eq!((reply.status, reply.header("content-encoding")), (200, encoding), "{path}");
            assert!(reply.content.len() < plain.content.len(), "{path} {encoding}");
            assert_eq!(decode(encoding, &reply.content), plain.content, "{path} {encoding}");
            assert!(varies(&reply), "{path}");
            for same in ["etag", "cache-control", "content-type", "content-security-policy"] {
                assert_eq!(reply.header(same), plain.header(same), "{path} {encoding} {same}");
            }
            assert!(["", &reply.content.len().to_string()].contains(&reply.header("content-length")));
        }
    }
}

#[tokio::test]
async fn the_client_chooses_the_encoding() {
    let (app, _) = start_with_posts().await;
    for (accepted, encoding) in [
        (BROWSER_ENCODINGS, "br"),
        ("GZIP", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("gzip;q=0, br", "br"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("gzip;q=0", ""),
        ("gzip;q=0.000, br;q=0", ""),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("*;q=0", ""),
        ("*;q=0, gzip", "gzip"),
        ("identity", ""),
        ("identity, gzip;q=0.5", ""),
        ("identity;q=0.5, gzip", "gzip"),
        ("identity;q=0", ""),
        ("identity;q=0, gzip", "gzip"),
        ("identity;q=0.0, *;q=0", ""),
        ("identity;q=0.5, gzip;q=0.3, *;q=0", ""),
        ("deflate, zstd", ""),
        ("gzip;q=2", ""),
        ("gzip;q=nonsense, ,;;=", ""),
        ("", ""),
    ] {
        let reply = get(&app.guest(), accepted, "/api/messages").await;
        assert_eq!((reply.status, reply.header("content-encoding")), (200, encoding), "{accepted:?}");
        let list: Value = serde_json::from_slice(&decode(encoding, &reply.content)).unwrap();
        assert_eq!(list["messages"].as_array().unwrap().len(), 20, "{accepted:?}");
    }
}

/// BREACH: if a response contains a secret and text that an attacker chooses, its compressed length reveals the secret.
#[tokio::test]
async fn responses_for_one_user_are_not_compressed() {
    let (app, ann) = start_with_posts().await;
    for _ in 0..12 {
        assert_eq!(app.guest().try_log_in("ann", PASSWORD).await.status, 200);
    }
    let (guest, ann) =
        [app.guest(), ann].map(|client| client.with("accept-encoding", BROWSER_ENCODINGS)).into();
    let body = json!({"body": "x".repeat(2_000)});
    let login = json!({"username": "ann", "password": PASSWORD});
    let sign_up = json!({"username": "bob", "password": PASSWORD, "name": "Bob"});
    for (what, reply) in [
        ("the access token of a sign-up", guest.post("/api/signup", sign_up).await),
        ("the access token of a login", guest.post("/api/login", login).await),
        ("a new access token", ann.post("/api/token", json!({})).await),
        ("the sessions", ann.get("/api/me/sessions").await),
        ("all data", ann.get("/api/me/export").await),
        ("a new message", ann.post("/api/messages", body).await),
        ("the page of a user", ann.get("/lite").await),
        ("the wishes as a user sees them", ann.get("/lite/wishes").await),
        ("a rejected login", guest.submit_form("/lite/login", &[("username", "ann")]).await),
    ] {
        assert_is_not_compressed(&reply, what);
    }
    let logged_out = ann.submit_form("/lite/logout", &[]).await;
    assert_eq!((logged_out.status, logged_out.header("content-encoding")), (303, ""));
}

#[tokio::test]
async fn pages_in_both_languages_are_compressed() {
    let (app, _) = start_with_posts().await;
    for (language, heading) in [("en", "<h1>Wishes</h1>"), ("de", "<h1>Wünsche</h1>")] {
        let client = app.guest().with("accept-language", language);
        let reply = get(&client, "br", "/lite/wishes").await;
        assert_eq!((reply.status, reply.header("content-encoding")), (200, "br"), "{language}");
        assert!(varies(&reply) && reply.header("vary").contains("accept-language"), "{reply:?}");
        let html = String::from_utf8(decode("br", &reply.content)).unwrap();
        assert!(html.contains(heading), "{html}");
    }
}

#[tokio::test]
async fn short_responses_are_not_compressed() {
    let app = TestApp::start().await;
    for path in ["/api/messages", "/.well-known/openid-configuration", "/api/health"] {
        let reply = get(&app.guest(), BROWSER_ENCODINGS, path).await;
        assert_eq!((reply.status, reply.header("content-encoding")), (200, ""), "{path}");
        assert_eq!(reply.header("content-length"), reply.content.len().to_string(), "{path}");
        assert_eq!(varies(&reply), path != "/api/health", "{path}");
    }
}

#[tokio::test]
async fn an_unchanged_list_is_304_in_every_encoding() {
    let (app, ann) = start_with_posts().await;
    let etag = get(&app.guest(), "br", "/api/messages").await.header("etag").to_owned();
    for encoding in ["br", "gzip", "identity"] {
        let conditional = app.guest().with("if-none-match", &etag);
        let reply = get(&conditional, encoding, "/api/messages").await;
        assert_eq!((reply.status, reply.content.len()), (304, 0), "{encoding}");
        assert_eq!(reply.header("content-encoding"), "", "{encoding}");
        assert_eq!((reply.header("etag"), varies(&reply)), (etag.as_str(), true), "{encoding}");
    }
    ann.create_post("/api/messages", &json!({"body": "another"})).await;
    let changed = get(&app.guest().with("if-none-match", &etag), "br", "/api/messages").await;
    assert_eq!((changed.status, changed.header("content-encoding")), (200, "br"));
}

#[tokio::test]
async fn head_has_the_headers_of_get() {
    let (app, _) = start_with_posts().await;
    for path in SHARED_PATHS {
        for encoding in ["br", "identity"] {
            let client = app.guest().with("accept-encoding", encoding);
            let (get, head) = (client.get(path).await, client.send(Method::HEAD, path, |head| head).await);
            assert_eq!((head.status, head.content.len()), (200, 0));
            for same in ["content-encoding", "content-length", "etag", "vary", "cache-control"] {
                assert_eq!(head.header(same), get.header(same), "{path} {encoding} {same}");
            }
        }
    }
}

#[tokio::test]
async fn accept_encoding_does_not_change_errors_and_empty_responses() {
    let (app, ann) = start_with_posts().await;
    for encodings in [BROWSER_ENCODINGS, "*;q=0", "identity;q=0", "identity;q=0, *;q=0"] {
        let [guest, ann] = [app.guest(), ann.clone()].map(|client| client.with("accept-encoding", encodings));
        guest.get("/api/messages?limit=0").await.assert_problem(422, "invalid");
        guest.get("/api/nothing").await.assert_problem(404, "not-found");
        guest.delete("/api/messages").await.assert_problem(405, "method-not-allowed");
        guest.get("/api/me").await.assert_problem(401, "not-logged-in");
        assert_eq!(guest.get("/lite/nothing").await.status, 404);
        let post = ann.create_post("/api/messages", &json!({"body": "hello"})).await;
        let deleted = ann.delete(&post).await;
        assert_eq!((deleted.status, deleted.content.len()), (204, 0));
        assert_eq!(deleted.header("content-encoding"), "");
    }
}
