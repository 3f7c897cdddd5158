//! The form of `/lite` that adds a wish.

use serde_json::{Value, json};

use super::{WISHES, add_wish, assert_redirects_to_wishes, form_key, get_wish_key, html, sign_up};
use crate::support::TestApp;

/// Returns the wishes that the API lists.
async fn wishes(app: &TestApp) -> Vec<Value> {
    app.guest().get("/api/wishes").await.body["wishes"].as_array().unwrap().clone()
}

async fn names(app: &TestApp) -> Vec<String> {
    wishes(app).await.iter().map(|wish| wish["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_user_adds_a_wish_with_a_description_and_a_link() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let fields = [" Bicycle ", "red\r\nor blue", " https://shop.example/bike "];
    assert_redirects_to_wishes(&add_wish(&ann, &get_wish_key(&ann).await, fields).await);
    let wish = &wishes(&app).await[0];
    assert_eq!((&wish["name"], &wish["owner"]["username"]), (&json!("Bicycle"), &json!("ann")));
    assert_eq!((&wish["description"], &wish["received"]), (&json!("red\nor blue"), &json!(false)));
    assert_eq!(wish["url"], "https://shop.example/bike");
    let page = ann.get(WISHES).await;
    let html = html(&page, 200);
    assert!(html.contains("<h2><bdi>Bicycle</bdi></h2>") && html.contains("red<br>or blue"), "{html}");
    assert!(html.contains("action=\"/lite/wishes\"") && html.contains("Log out"), "{html}");
}

#[tokio::test]
async fn a_link_without_a_scheme_gets_https() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    for (typed, url) in
        [(" shop.example/bike ", "https://shop.example/bike"), ("//shop.example", "https://shop.example")]
    {
        let added = add_wish(&ann, &get_wish_key(&ann).await, ["Bicycle", "", typed]).await;
        assert_redirects_to_wishes(&added);
        assert_eq!(wishes(&app).await[0]["url"], url);
    }
}

#[tokio::test]
async fn a_wish_needs_only_a_name() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    assert_redirects_to_wishes(&add_wish(&ann, &get_wish_key(&ann).await, ["Kite", " \r\n", " "]).await);
    let key = get_wish_key(&ann).await;
    let only_name = [("author", "ann"), ("key", key.as_str()), ("name", "Lamp")];
    assert_redirects_to_wishes(&ann.submit_form(WISHES, &only_name).await);
    for wish in wishes(&app).await {
        assert_eq!((&wish["description"], &wish["url"]), (&json!(""), &json!(null)), "{wish}");
    }
    assert_eq!(names(&app).await, ["Lamp", "Kite"]);
}

#[tokio::test]
async fn invalid_fields_are_shown_and_keep_all_values_and_the_key() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = get_wish_key(&ann).await;
    let (long_name, long_text) = ("x".repeat(121), "x".repeat(2_001));
    let long_url = format!("https://shop.example/{}", "x".repeat(2_048));
    let not_a_link = "Use a link that starts with http:// or https://.";
    for (field, value, error) in [
        ("name", " ", "This can't be empty."),
        ("name", "a\nb", "This contains an invisible control character."),
        ("name", &long_name, "Use at most 120 characters."),
        ("description", &long_text, "Use at most 2,000 characters."),
        ("description", "a\u{1}b", "This contains an invisible control character."),
        ("url", "shop", not_a_link),
        ("url", "mailto:ann@shop.example", not_a_link),
        ("url", "JavaScript:alert(1)", not_a_link),
        ("url", "JaVaScRiPt://shop.example/%0aalert(1)", not_a_link),
        ("url", "data:text/html,hello", not_a_link),
        ("url", "ftp://shop.example/", not_a_link),
        ("url", "//shop", not_a_link),
        ("url", "https://shop.example@evil.example/", not_a_link),
        ("url", "https://shop.example\\@evil.example/", not_a_link),
        ("url", &long_url, "Use at most 2,048 characters."),
    ] {
        let fields = [("name", "Kite"), ("description", "blue"), ("url", "https://kite.example/")];
        let fields = fields.map(|(name, valid)| if name == field { value } else { valid });
        let reply = add_wish(&ann, &key, fields).await;
        let html = html(&reply, 422);
        assert!(html.contains("<title>Error: Wishes · Wishboard</title>"), "{html}");
        let error = format!("<p class=\"field-error\" id=\"wish-{field}-error\">{error}</p>");
        assert!(html.contains(&error), "{value:?}: {html}");
        assert_eq!(html.matches("aria-invalid=\"true\"").count(), 1, "{html}");
        assert_eq!(html.matches("class=\"field-error\"").count(), 1, "{html}");
        assert!(
            html.contains(&format!("value=\"{value}\"")) || html.contains(&format!(">{value}<")),
            "{html}"
        );
        assert!(field == "name" || html.contains("value=\"Kite\""), "{html}");
        assert!(field == "description" || html.contains(">blue</textarea>"), "{html}");
        assert_eq!(form_key(html), key);
    }
    assert!(names(&app).await.is_empty());
    assert_redirects_to_wishes(&add_wish(&ann, &key, ["Kite", "", ""]).await);
}

#[tokio::test]
async fn a_form_that_is_submitted_repeatedly_adds_one_wish() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = get_wish_key(&ann).await;
    let kite = ["Kite", "", ""];
    let (first, second) = tokio::join!(add_wish(&ann, &key, kite), add_wish(&ann, &key, kite));
    let third = add_wish(&ann, &key, kite).await;
    for reply in [first, second, third] {
        assert_redirects_to_wishes(&reply);
    }
    assert_eq!(names(&app).await, ["Kite"]);

    let conflict = add_wish(&ann, &key, ["Lamp", "", ""]).await;
    let html = html(&conflict, 409);
    assert!(html.contains("An earlier version of this was already posted. Press Add to"), "{html}");
    let new_key = form_key(html);
    assert_ne!(new_key, key);
    assert_redirects_to_wishes(&add_wish(&ann, &new_key, ["Lamp", "", ""]).await);
    assert_eq!(names(&app).await, ["Lamp", "Kite"]);
}

#[tokio::test]
async fn a_deleted_wish_is_added_again_only_with_a_new_key() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = get_wish_key(&ann).await;
    add_wish(&ann, &key, ["Kite", "", ""]).await;
    let refreshed = ann.post("/api/token", json!({})).await;
    let with_token = ann.with_token(refreshed.token());
    assert_eq!(with_token.delete(&format!("/api/wishes/{key}")).await.status, 204);
    let gone = add_wish(&ann, &key, ["Kite", "", ""]).await;
    let html = html(&gone, 410);
    assert!(html.contains("This was already posted and then deleted. Press Add to post it again."), "{html}");
    assert_ne!(form_key(html), key);
    assert!(names(&app).await.is_empty());
}

#[tokio::test]
async fn only_a_user_can_add_a_wish_and_the_text_is_kept() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = get_wish_key(&ann).await;
    let fields = ["Kite", "half a sentence", "https://kite.example/"];
    let reply = add_wish(&app.guest(), &key, fields).await;
    let page = html(&reply, 401);
    assert!(page.contains("You were logged out") && page.contains("action=\"/lite/login\""), "{page}");
    for text in fields {
        assert!(page.contains(&format!(" readonly dir=\"auto\">{text}</textarea>")), "{text}: {page}");
    }
    assert!(!page.contains("action=\"/lite/wishes\""), "{page}");

    let bob = app.sign_up("bob").await.without("authorization");
    let reply = add_wish(&bob, &key, fields).await;
    let page = html(&reply, 403);
    assert!(page.contains("Another account is now logged in in this browser"), "{page}");
    assert!(page.contains("name=\"author\" value=\"bob\"") && page.contains("value=\"Kite\""), "{page}");
    assert!(names(&app).await.is_empty());
}
