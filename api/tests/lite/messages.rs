//! Reading and posting messages on the pages of `/lite`.

use serde_json::json;

use super::{assert_redirects_to_messages, form_key, get_form_key, html, post_message, sign_up};
use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn a_guest_sees_messages_and_the_forms_to_log_in_and_sign_up() {
    let app = TestApp::start().await;
    app.sign_up("bob").await.post("/api/messages", json!({"body": "hello"})).await;
    let reply = app.guest().get("/lite").await;
    let html = html(&reply, 200);
    for expected in [
        "hello",
        "<bdi translate=\"no\">BOB</bdi>",
        "translate=\"no\">@bob<",
        "action=\"/lite/login\"",
        "action=\"/lite/signup\"",
    ] {
        assert!(html.contains(expected), "{expected}: {html}");
    }
    for unexpected in ["/lite/messages", "/lite/logout", "Older messages", "Error"] {
        assert!(!html.contains(unexpected), "{unexpected}: {html}");
    }
    assert_eq!(reply.header("set-cookie"), "");
}

#[tokio::test]
async fn a_posted_message_is_shown_with_its_line_breaks() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let posted = post_message(&ann, &get_form_key(&ann).await, "first\r\nsecond").await;
    assert_redirects_to_messages(&posted);
    assert_eq!(app.guest().messages().await, ["first\nsecond"]);
    assert!(html(&ann.get("/lite").await, 200).contains("first<br>second"));
}

#[tokio::test]
async fn names_and_messages_are_escaped() {
    let app = TestApp::start().await;
    let hostile = "</p><script>alert(1)</script>\"'&<img src=x onerror=alert(1)>";
    let fields = [("username", "ann"), ("name", hostile), ("password", PASSWORD)];
    let signed_up = app.guest().submit_form("/lite/signup", &fields).await;
    assert_redirects_to_messages(&signed_up);
    let ann = app.guest().with("cookie", signed_up.cookie());
    assert_redirects_to_messages(&post_message(&ann, &get_form_key(&ann).await, hostile).await);
    let page = ann.get("/lite").await;
    let escaped = html(&page, 200).matches("&lt;script&gt;").count();
    assert_eq!(escaped, 3, "the name in the header, the name of the author, and the message");

    let invalid = [("username", "\"><script>"), ("name", "</textarea>"), ("password", "x")];
    let reply = app.guest().submit_form("/lite/signup", &invalid).await;
    assert!(html(&reply, 422).contains("&quot;&gt;&lt;script&gt;"));
    let too_long = format!("</textarea><script>{}", "x".repeat(2_000));
    let reply = post_message(&ann, &get_form_key(&ann).await, &too_long).await;
    assert!(html(&reply, 422).contains("&lt;/textarea&gt;"));
}

#[tokio::test]
async fn a_form_that_is_submitted_repeatedly_posts_once() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = get_form_key(&ann).await;
    let (first, second) = tokio::join!(post_message(&ann, &key, "hello"), post_message(&ann, &key, "hello"));
    let third = post_message(&ann, &key, "hello").await;
    for reply in [first, second, third] {
        assert_redirects_to_messages(&reply);
    }
    assert_eq!(app.guest().messages().await, ["hello"]);
}

#[tokio::test]
async fn a_changed_text_of_a_posted_form_is_posted_with_a_new_key() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = get_form_key(&ann).await;
    post_message(&ann, &key, "hello").await;
    let conflict = post_message(&ann, &key, "hello again").await;
    let html = html(&conflict, 409);
    assert!(html.contains("An earlier version of this was already posted."), "{html}");
    assert!(html.contains(">hello again</textarea>"), "{html}");
    let new_key = form_key(html);
    assert_ne!(new_key, key);
    assert_redirects_to_messages(&post_message(&ann, &new_key, "hello again").await);
    assert_eq!(app.guest().messages().await, ["hello again", "hello"]);
}

#[tokio::test]
async fn a_deleted_message_is_posted_again_only_with_a_new_key() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = get_form_key(&ann).await;
    post_message(&ann, &key, "hello").await;
    let refreshed = ann.post("/api/token", json!({})).await;
    let with_token = ann.with_token(refreshed.token());
    assert_eq!(with_token.delete(&format!("/api/messages/{key}")).await.status, 204);
    let gone = post_message(&ann, &key, "hello").await;
    let html = html(&gone, 410);
    assert!(html.contains("This was already posted and then deleted."), "{html}");
    assert_ne!(form_key(html), key);
    assert!(app.guest().messages().await.is_empty());
}

#[tokio::test]
async fn an_invalid_message_keeps_its_text_and_its_key() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = get_form_key(&ann).await;
    let too_long = "x".repeat(2_001);
    for (body, error) in
        [(" \r\n ", ">This can't be empty.<"), (&too_long, ">Use at most 2,000 characters.<")]
    {
        let reply = post_message(&ann, &key, body).await;
        let html = html(&reply, 422);
        assert!(html.contains(error) && html.contains("aria-describedby=\"post-body-error\""), "{html}");
        assert!(html.contains(&format!(">{body}</textarea>")), "{html}");
        assert_eq!(form_key(html), key);
    }
    assert!(app.guest().messages().await.is_empty());
}

#[tokio::test]
async fn older_messages_are_on_the_next_page() {
    let app = TestApp::start().await;
    let bob = app.sign_up("bob").await;
    for number in 0..25 {
        bob.create_post("/api/messages", &json!({ "body": format!("number {number}!") })).await;
    }
    let first = app.guest().get("/lite").await;
    let first = html(&first, 200);
    assert!(first.contains("number 24!") && !first.contains("number 4!"), "{first}");
    let older = first.split("href=\"/lite?before=").nth(1).unwrap().split('#').next().unwrap();
    let second = app.guest().get(&format!("/lite?before={older}")).await;
    let second = html(&second, 200);
    assert!(second.contains("number 4!") && second.contains("number 0!"), "{second}");
    assert!(!second.contains("number 5!") && !second.contains("?before="), "{second}");
    let unknown = app.guest().get("/lite?before=x").await;
    assert!(html(&unknown, 422).contains("<p>The address may be wrong, or the page no longer exists.</p>"));
}
