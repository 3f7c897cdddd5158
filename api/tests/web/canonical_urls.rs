//! Identifiers in URLs have one spelling; every other spelling is the URL of nothing.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::support::TestApp;

/// Another letter with the same bits where they count: the last character of 43 has two unused bits.
fn with_trailing_bits(id: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (start, last) = id.split_at(id.len() - 1);
    let value = ALPHABET.iter().position(|letter| last.as_bytes()[0] == *letter).unwrap();
    format!("{start}{}", char::from(ALPHABET[value + 1]))
}

/// One letter as `%xx`.
fn percent_encoded(id: &str) -> String {
    format!("%{:02x}{}", id.as_bytes()[0], &id[1..])
}

#[tokio::test]
async fn a_post_has_one_url() {
    let app = TestApp::start().await;
    let key = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
    let ann = app.sign_up("ann").await.with("idempotency-key", key);
    for (path, new) in
        [("/api/messages", json!({"body": "hello"})), ("/api/wishes", json!({"name": "hello"}))]
    {
        assert_eq!(ann.post(path, new.clone()).await.body["id"], key);
        for other in [
            key.to_uppercase(),
            key.replacen('f', "F", 1),
            key.replace('-', ""),
            format!("{{{key}}}"),
            format!("%7B{key}%7D"),
            format!("urn:uuid:{key}"),
            percent_encoded(key),
            key.replacen('-', "%2d", 1),
            format!("%20{key}"),
            format!("{key}%20"),
            format!("{key}%00"),
            format!("{key}/"),
            format!("{key};v=1"),
        ] {
            let url = format!("{path}/{other}");
            ann.if_match(1).patch(&url, new.clone()).await.assert_problem(404, "not-found");
            ann.delete(&url).await.assert_problem(404, "not-found");
        }
        assert_eq!(
            ann.if_match(1).patch(&format!("{path}/{key}"), new).await.status,
            200,
            "nothing was changed"
        );
    }
}

#[tokio::test]
async fn a_session_has_one_url() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let other = app.log_in("ann").await;
    let sessions = ann.get("/api/me/sessions").await.body;
    let of_other =
        sessions["sessions"].as_array().unwrap().iter().find(|session| session["current"] == false);
    let id = of_other.unwrap()["id"].as_str().unwrap();
    for spelling in [
        with_trailing_bits(id),
        format!("{id}="),
        format!("{id}%3D"),
        format!("{id}A"),
        percent_encoded(id),
        format!("%20{id}"),
    ] {
        ann.delete(&format!("/api/me/sessions/{spelling}")).await.assert_problem(404, "not-found");
    }
    assert_eq!(other.get("/api/me").await.status, 200);
    assert_eq!(ann.delete(&format!("/api/me/sessions/{id}")).await.status, 204);
}

#[tokio::test]
async fn a_users_list_has_one_url() {
    let app = TestApp::start().await;
    app.sign_up("mira").await;
    assert_eq!(app.guest().get("/api/users/mira/wishes").await.status, 200);
    for spelling in ["MIRA", "Mira", "%6dira", "%20mira", "mira%20", "mira%09", "mira%2f", "m%C4%B1ra"] {
        let reply = app.guest().get(&format!("/api/users/{spelling}/wishes")).await;
        reply.assert_problem(404, "not-found");
    }
}

fn cursor(place: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(place)
}

#[tokio::test]
async fn a_cursor_has_one_spelling() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for number in 0..3 {
        ann.post("/api/messages", json!({ "body": number.to_string() })).await;
    }
    let next = app.guest().get("/api/messages?limit=1").await.body["next"].as_str().unwrap().to_owned();
    let place = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(&next).unwrap()).unwrap();
    let (time, id) = place.split_once('#').unwrap();
    for other in [
        format!("{next}="),
        format!("{next}=="),
        format!("%20{next}"),
        format!("{next}%0A"),
        cursor(&format!("{time}#{}", id.to_uppercase())),
        cursor(&format!("{time}#{}", id.replace('-', ""))),
        cursor(&format!("{time}#{{{id}}}")),
        cursor(&format!("{}#{id}", time.to_lowercase())),
        cursor(&format!("{}#{id}", time.replace('T', " "))),
        cursor(&format!("{}#{id}", time.replace('Z', "+00:00"))),
        cursor(&format!("{place}#")),
    ] {
        app.guest().get(&format!("/api/messages?before={other}")).await.assert_field_error("before");
        app.guest().get(&format!("/api/users/ann/wishes?before={other}")).await.assert_field_error("before");
    }
    let page = app.guest().get(&format!("/api/messages?before={next}")).await;
    assert_eq!(page.body["messages"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_cursor_of_an_export_has_one_spelling() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let message: Value = ann.post("/api/messages", json!({"body": "hello"})).await.body;
    let (time, id) = (message["created_at"].as_str().unwrap(), message["id"].as_str().unwrap());
    let own = ann.get("/api/me/sessions").await.body["sessions"][0].clone();
    let (began, sid) = (own["created_at"].as_str().unwrap(), own["id"].as_str().unwrap());
    for place in [
        format!("message#{time}#{id}"),
        format!("wish#{time}#{id}"),
        format!("session#{began}#{sid}"),
        format!("session#g1#{began}#{sid}"),
    ] {
        assert_eq!(
            ann.get(&format!("/api/me/export?before={}", cursor(&place))).await.status,
            200,
            "{place}"
        );
    }
    for place in [
        format!("message#{time}#{}", id.to_uppercase()),
        format!("message#{}#{id}", time.replace('T', " ")),
        format!("message#{time}#{sid}"),
        format!("message#g1#{time}#{id}"),
        format!("Message#{time}#{id}"),
        format!("user#{time}#{id}"),
        format!("session#{began}#{id}"),
        format!("session#g01#{began}#{sid}"),
        format!("session#G1#{began}#{sid}"),
        format!("session#g1#{began}#{}", with_trailing_bits(sid)),
        format!("session#g1#{began}#{sid}#"),
    ] {
        ann.get(&format!("/api/me/export?before={}", cursor(&place))).await.assert_field_error("before");
    }
    let padded = format!("{}=", cursor(&format!("message#{time}#{id}")));
    ann.get(&format!("/api/me/export?before={padded}")).await.assert_field_error("before");
}
