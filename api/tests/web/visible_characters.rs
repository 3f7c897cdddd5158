//! Names, messages and wish names that a reader can't see, or that change the text around them.

use reqwest::Method;
use serde_json::{Value, json};
use shared::messages::Message;
use shared::users::PublicUser;
use uuid::Uuid;

use crate::support::identity_provider::{app_with_provider, header, me, sign};
use crate::support::{PASSWORD, TestApp, TestClient};

/// One text of each kind that is not visible: a letter, a mark, format characters, private use, unassigned,
/// and a blank symbol.
const INVISIBLE: [&str; 7] =
    ["\u{3164}", "\u{34f}", "\u{200b}\u{ad}", "\u{e000}", "\u{378}", "\u{2800}", "\u{1d159} \u{fe0f}"];

async fn post(browser: &TestClient, path: &str, body: Value) -> Value {
    let reply = browser.post(path, body).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    reply.body
}

#[tokio::test]
async fn no_route_accepts_a_text_without_a_visible_character() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let message = post(&ann, "/api/messages", json!({"body": "hello"})).await;
    let wish = post(&ann, "/api/wishes", json!({"name": "A boat"})).await;
    let (message, wish) = (message["id"].as_str().unwrap(), wish["id"].as_str().unwrap());
    let editing = ann.if_match(1);
    for text in INVISIBLE {
        let sign_up = json!({"username": "bob", "password": PASSWORD, "name": text});
        let refused = [
            (app.guest().post("/api/signup", sign_up).await, "name"),
            (ann.patch("/api/me", json!({"name": text})).await, "name"),
            (ann.post("/api/messages", json!({"body": text})).await, "body"),
            (editing.patch(&format!("/api/messages/{message}"), json!({"body": text})).await, "body"),
            (ann.post("/api/wishes", json!({"name": text})).await, "name"),
            (editing.patch(&format!("/api/wishes/{wish}"), json!({"name": text})).await, "name"),
        ];
        for (reply, field) in refused {
            reply.assert_field_error(field);
            assert_eq!(reply.body["detail"], format!("{field}: Use at least one visible character."));
        }
    }
    assert_eq!(ann.get("/api/me").await.body["name"], "ANN");
    assert_eq!(app.guest().messages().await, ["hello"]);
}

#[tokio::test]
async fn no_page_accepts_a_text_without_a_visible_character() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.without("authorization");
    let send = async |browser: &TestClient, path: &str, fields: &[(&str, &str)]| {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let media_type = "application/x-www-form-urlencoded";
        let request =
            |request: reqwest::RequestBuilder| request.header("content-type", media_type).body(form);
        browser.send(Method::POST, path, request).await
    };
    for text in INVISIBLE {
        let fields = [("username", "bob"), ("name", text), ("password", PASSWORD)];
        let reply = send(&app.guest(), "/lite/signup", &fields).await;
        let page = reply.body.as_str().unwrap();
        assert_eq!(reply.status, 422, "{page}");
        assert!(
            page.contains(
                "<p class=\"fault\" id=\"sign-up-name-fault\">Use at least one visible character.<"
            ),
            "{page}"
        );
        let key = Uuid::new_v4().to_string();
        let reply = send(&ann, "/lite/messages", &[("author", "ann"), ("key", &key), ("body", text)]).await;
        let page = reply.body.as_str().unwrap();
        assert_eq!(reply.status, 422, "{page}");
        assert!(
            page.contains("<p class=\"fault\" id=\"post-body-fault\">Use at least one visible character.<"),
            "{page}"
        );
    }
    assert!(app.guest().messages().await.is_empty());
}

#[tokio::test]
async fn a_name_can_not_change_the_text_around_it() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for name in ["\u{301}Ann", "\u{fe0f}Ann", "\u{202e}nnA", "Ann\u{2069}", "A\u{200f}nn", "\u{61c}"] {
        let sign_up = json!({"username": "bob", "password": PASSWORD, "name": name});
        app.guest().post("/api/signup", sign_up).await.assert_field_error("name");
        ann.patch("/api/me", json!({"name": name})).await.assert_field_error("name");
    }
    for name in ["👩\u{200d}🚀", "❤\u{fe0f}", "محمد", "हिन्दी", "李小龙", "?", "e\u{301}"]
    {
        assert_eq!(ann.patch("/api/me", json!({"name": name})).await.body["name"], name);
    }
}

#[tokio::test]
async fn a_user_of_the_identity_provider_without_a_visible_name_is_called_by_the_username() {
    let (app, issuer) = app_with_provider("").await;
    for (number, name) in
        ["\u{3164}", "\u{e000}", "\u{202e}nnA", "\u{301}Ann", "\u{2800} "].iter().enumerate()
    {
        let mut claims = issuer.claims(app.state.clock.now());
        (claims["sub"], claims["name"]) = (json!(number.to_string()), json!(name));
        let user = me(&app, &sign(&header("first"), &claims)).await;
        assert_eq!(user.status, 200, "{user:?}");
        assert_eq!(user.body["name"], user.body["username"], "{name:?}");
    }
}

#[tokio::test]
async fn what_an_earlier_version_accepted_is_still_readable() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    app.state.store.edit_display_name("ann", "\u{3164}").await.unwrap();
    let stored = Message {
        id: Uuid::new_v4().to_string(),
        author: PublicUser { username: "ann".to_owned(), name: "\u{202e}nnA".to_owned() },
        body: "\u{2800}".to_owned(),
        created_at: "2026-01-01T00:00:00.000Z".to_owned().try_into().unwrap(),
        edited_at: None,
        version: 1,
    };
    let id = stored.id.parse().unwrap();
    app.state.store.create_post(id, stored, String::new(), app.state.clock.now()).await.unwrap();
    assert_eq!(ann.get("/api/me").await.body["name"], "\u{3164}");
    assert_eq!(app.guest().messages().await, ["\u{2800}"]);
    assert_eq!(app.guest().get("/lite").await.status, 200);
    let edited = ann.if_match(1).patch(&format!("/api/messages/{id}"), json!({"body": "hello"})).await;
    assert_eq!((edited.status, &edited.body["body"]), (200, &json!("hello")));
}
