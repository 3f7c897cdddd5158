//! Names and texts that a reader cannot see, or that change the text around them.

use serde_json::json;
use shared::messages::Message;
use shared::users::PublicUser;
use uuid::Uuid;

use crate::support::identity_provider::{AppWithProvider, sign_token, token_header};
use crate::support::stored::{message_by, store_message};
use crate::support::{PASSWORD, TestApp};

/// One text of each kind that is not visible: a letter, a mark, format characters, private use, unassigned, and a blank
/// symbol; and one text of two kinds.
const INVISIBLE: [&str; 7] =
    ["\u{3164}", "\u{34f}", "\u{200b}\u{ad}", "\u{e000}", "\u{378}", "\u{2800}", "\u{1d159} \u{fe0f}"];

#[tokio::test]
async fn no_route_accepts_a_text_without_a_visible_character() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let message = ann.create_post("/api/messages", &json!({"body": "hello"})).await;
    let wish = ann.create_post("/api/wishes", &json!({"name": "A boat"})).await;
    for text in INVISIBLE {
        let sign_up = json!({"username": "bob", "password": PASSWORD, "name": text});
        for (reply, field) in [
            (app.guest().post("/api/signup", sign_up).await, "name"),
            (ann.patch("/api/me", json!({"name": text})).await, "name"),
            (ann.post("/api/messages", json!({"body": text})).await, "body"),
            (ann.if_match(1).patch(&message, json!({"body": text})).await, "body"),
            (ann.post("/api/wishes", json!({"name": text})).await, "name"),
            (ann.if_match(1).patch(&wish, json!({"name": text})).await, "name"),
        ] {
            reply.assert_field_error(field);
            assert_eq!(reply.body["detail"], format!("{field}: Use at least one visible character."));
        }
    }
    assert_eq!(ann.get("/api/me").await.body["name"], "ANN");
    assert_eq!(app.guest().messages().await, ["hello"]);
}

#[tokio::test]
async fn no_form_of_lite_accepts_a_text_without_a_visible_character() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.without("authorization");
    for text in INVISIBLE {
        let fields = [("username", "bob"), ("name", text), ("password", PASSWORD)];
        let reply = app.guest().submit_form("/lite/signup", &fields).await;
        assert_eq!(reply.status, 422, "{reply:?}");
        let error = "<p class=\"field-error\" id=\"sign-up-name-error\">Use at least one visible character.<";
        assert!(reply.html().contains(error), "{reply:?}");

        let key = Uuid::new_v4().to_string();
        let fields = [("author", "ann"), ("key", key.as_str()), ("body", text)];
        let reply = ann.submit_form("/lite/messages", &fields).await;
        assert_eq!(reply.status, 422, "{reply:?}");
        let error = "<p class=\"field-error\" id=\"post-body-error\">Use at least one visible character.<";
        assert!(reply.html().contains(error), "{reply:?}");

        let fields = [("author", "ann"), ("key", key.as_str()), ("name", text)];
        let reply = ann.submit_form("/lite/wishes", &fields).await;
        assert_eq!(reply.status, 422, "{reply:?}");
        let error = "<p class=\"field-error\" id=\"wish-name-error\">Use at least one visible character.<";
        assert!(reply.html().contains(error), "{reply:?}");
    }
    assert!(app.guest().messages().await.is_empty());
    assert!(app.database.items("wish#").is_empty());
}

#[tokio::test]
async fn a_name_that_changes_the_text_around_it_is_rejected() {
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
async fn the_username_replaces_an_invalid_name_of_an_external_user() {
    let app = AppWithProvider::start("").await;
    for (number, name) in
        ["\u{3164}", "\u{e000}", "\u{202e}nnA", "\u{301}Ann", "\u{2800} "].iter().enumerate()
    {
        let claims = app.claims_with(&json!({"sub": number.to_string(), "name": name}));
        let user = app.get_me(&sign_token(&token_header("first"), &claims)).await;
        assert_eq!(user.status, 200, "{user:?}");
        assert_eq!(user.body["name"], user.body["username"], "{name:?}");
    }
}

#[tokio::test]
async fn texts_that_an_earlier_version_accepted_can_be_read_and_edited() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    app.state.store.edit_display_name("ann", "\u{3164}").await.unwrap();
    let author = PublicUser { username: "ann".to_owned(), name: "\u{202e}nnA".to_owned() };
    let message = Message { author, ..message_by("ann", "\u{2800}") };
    let id = store_message(&app.state.store, message).await;
    assert_eq!(ann.get("/api/me").await.body["name"], "\u{3164}");
    assert_eq!(app.guest().messages().await, ["\u{2800}"]);
    assert_eq!(app.guest().get("/lite").await.status, 200);
    let edited = ann.if_match(1).patch(&format!("/api/messages/{id}"), json!({"body": "hello"})).await;
    assert_eq!((edited.status, &edited.body["body"]), (200, &json!("hello")));
}
