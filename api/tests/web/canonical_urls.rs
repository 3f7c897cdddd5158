//! Identifiers in URLs have one spelling. The API responds to every other spelling with 404 or a field error.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::json;

use crate::support::post_kind::PostKind;
use crate::support::{TestApp, UUID};

/// Changes the unused bits of base64url. The last of 43 characters has two unused bits, so four different characters
/// decode to the same bytes.
fn with_trailing_bits(id: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (start, last) = id.split_at(id.len() - 1);
    let value = ALPHABET.iter().position(|letter| last.as_bytes()[0] == *letter).unwrap();
    format!("{start}{}", char::from(ALPHABET[value + 1]))
}

/// Percent-encodes the first character.
fn percent_encoded(id: &str) -> String {
    format!("%{:02x}{}", id.as_bytes()[0], &id[1..])
}

/// Returns the cursor that begins at this place in an index.
fn cursor(place: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(place)
}

#[tokio::test]
async fn a_post_has_one_url() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.with("idempotency-key", UUID);
    for kind in PostKind::both() {
        let post = ann.create_post(kind.list, &kind.new).await;
        assert_eq!(post, format!("{}/{UUID}", kind.list));
        for other in [
            UUID.to_uppercase(),
            UUID.replacen('f', "F", 1),
            UUID.replace('-', ""),
            format!("{{{UUID}}}"),
            format!("%7B{UUID}%7D"),
            format!("urn:uuid:{UUID}"),
            percent_encoded(UUID),
            UUID.replacen('-', "%2d", 1),
            format!("%20{UUID}"),
            format!("{UUID}%20"),
            format!("{UUID}%00"),
            format!("{UUID}/"),
            format!("{UUID};v=1"),
        ] {
            let path = format!("{}/{other}", kind.list);
            ann.if_match(1).patch(&path, kind.edit("x")).await.assert_problem(404, "not-found");
            ann.delete(&path).await.assert_problem(404, "not-found");
        }
        assert_eq!(ann.if_match(1).patch(&post, kind.edit("x")).await.status, 200, "still version 1");
    }
}

#[tokio::test]
async fn a_session_has_one_url() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let other = app.log_in("ann").await;
    let id = other.session_id().await;
    for spelling in [
        with_trailing_bits(&id),
        format!("{id}="),
        format!("{id}%3D"),
        format!("{id}A"),
        percent_encoded(&id),
        format!("%20{id}"),
    ] {
        ann.delete(&format!("/api/me/sessions/{spelling}")).await.assert_problem(404, "not-found");
    }
    assert_eq!(other.get("/api/me").await.status, 200);
    assert_eq!(ann.delete(&format!("/api/me/sessions/{id}")).await.status, 204);
}

#[tokio::test]
async fn the_wish_list_of_a_user_has_one_url() {
    let app = TestApp::start().await;
    app.sign_up("mira").await;
    assert_eq!(app.guest().get("/api/users/mira/wishes").await.status, 200);
    for spelling in ["MIRA", "Mira", "%6dira", "%20mira", "mira%20", "mira%09", "mira%2f", "m%C4%B1ra"] {
        let reply = app.guest().get(&format!("/api/users/{spelling}/wishes")).await;
        reply.assert_problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_cursor_of_a_list_has_one_spelling() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for number in 0..3 {
        ann.create_post("/api/messages", &json!({ "body": number.to_string() })).await;
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
    let message = ann.post("/api/messages", json!({"body": "hello"})).await.body;
    let (time, id) = (message["created_at"].as_str().unwrap(), message["id"].as_str().unwrap());
    let session = ann.sessions().await.remove(0);
    let (created_at, sid) = (session["created_at"].as_str().unwrap(), session["id"].as_str().unwrap());
    for place in [
        format!("message#{time}#{id}"),
        format!("wish#{time}#{id}"),
        format!("session#{created_at}#{sid}"),
        format!("session#g1#{created_at}#{sid}"),
    ] {
        let reply = ann.get(&format!("/api/me/export?before={}", cursor(&place))).await;
        assert_eq!(reply.status, 200, "{place}");
    }
    for place in [
        format!("message#{time}#{}", id.to_uppercase()),
        format!("message#{}#{id}", time.replace('T', " ")),
        format!("message#{time}#{sid}"),
        format!("message#g1#{time}#{id}"),
        format!("Message#{time}#{id}"),
        format!("user#{time}#{id}"),
        format!("session#{created_at}#{id}"),
        format!("session#g01#{created_at}#{sid}"),
        format!("session#G1#{created_at}#{sid}"),
        format!("session#g1#{created_at}#{}", with_trailing_bits(sid)),
        format!("session#g1#{created_at}#{sid}#"),
    ] {
        ann.get(&format!("/api/me/export?before={}", cursor(&place))).await.assert_field_error("before");
    }
    let padded = format!("{}=", cursor(&format!("message#{time}#{id}")));
    ann.get(&format!("/api/me/export?before={padded}")).await.assert_field_error("before");
}
