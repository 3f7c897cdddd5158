//! Access to the pages of `/lite`: other sites, forged cookies, other users, and the lifetime of sessions.

use jiff::SignedDuration;

use super::{
    LOGIN_FIELDS, SIGN_UP_FIELDS, assert_redirects_to_messages, get_form_key, html, is_logged_in,
    post_message, sign_up,
};
use crate::support::TestApp;

const DAY: SignedDuration = SignedDuration::from_hours(24);

#[tokio::test]
async fn a_form_on_another_site_is_403() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = get_form_key(&ann).await;
    let message = [("author", "ann"), ("key", key.as_str()), ("body", "hello")];
    let wish = [("author", "ann"), ("key", key.as_str()), ("name", "Bicycle")];
    let forms: [(&str, &[(&str, &str)]); 5] = [
        ("/lite/login", &LOGIN_FIELDS),
        ("/lite/signup", &SIGN_UP_FIELDS),
        ("/lite/logout", &[]),
        ("/lite/messages", &message),
        ("/lite/wishes", &wish),
    ];
    for (path, fields) in forms {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ] {
            let reply = ann.with(name, value).submit_form(path, fields).await;
            assert!(html(&reply, 403).contains("This request came from another site."), "{reply:?}");
        }
    }
    assert!(app.guest().messages().await.is_empty());
    assert!(app.database.items("wish#").is_empty());
    for (name, value) in [("sec-fetch-site", "same-origin"), ("origin", &app.url)] {
        let reply = post_message(&ann.with(name, value), &key, "hello").await;
        assert_redirects_to_messages(&reply);
    }
}

#[tokio::test]
async fn a_link_on_another_site_can_open_a_page() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    assert!(is_logged_in(&ann.with("sec-fetch-site", "cross-site")).await);
}

#[tokio::test]
async fn in_development_mode_the_cookie_needs_no_https() {
    let app = TestApp::start().await;
    let signed_up = app.guest().submit_form("/lite/signup", &SIGN_UP_FIELDS).await;
    let ann = app.guest().with("cookie", signed_up.cookie());
    assert!(is_logged_in(&ann).await);
    let logged_out = ann.submit_form("/lite/logout", &[]).await;
    let logged_in = app.guest().submit_form("/lite/login", &LOGIN_FIELDS).await;
    for reply in [&signed_up, &logged_out, &logged_in] {
        assert_redirects_to_messages(reply);
        let cookie = reply.header("set-cookie");
        assert!(cookie.starts_with("wishboard-session=") && !cookie.contains("Secure"), "{cookie}");
    }
}

#[tokio::test]
async fn a_forged_cookie_is_ignored() {
    let app = TestApp::in_production().await;
    let key = get_form_key(&sign_up(&app).await).await;
    for forged in [
        "__Host-session=",
        "__Host-session=AAAA",
        "session=x",
        "__Host-session=%00; =;",
        "__Host-session=\u{fc}",
    ] {
        let client = app.guest().with("cookie", forged);
        assert!(!is_logged_in(&client).await, "{forged}");
        html(&post_message(&client, &key, "hello").await, 401);
    }
    assert!(app.guest().messages().await.is_empty());
}

#[tokio::test]
async fn an_expired_session_keeps_the_text_of_the_form() {
    let app = TestApp::in_production().await;
    let ann = sign_up(&app).await;
    let key = get_form_key(&ann).await;
    app.advance(DAY * 30);
    assert!(!is_logged_in(&ann).await);
    let reply = post_message(&ann, &key, "half a sentence").await;
    let html = html(&reply, 401);
    assert!(html.contains("You were logged out") && html.contains(">half a sentence</textarea>"), "{html}");
    assert!(app.guest().messages().await.is_empty());
}

#[tokio::test]
async fn a_form_that_another_user_has_opened_is_403() {
    let app = TestApp::start().await;
    let key = get_form_key(&sign_up(&app).await).await;
    let bob = app.sign_up("bob").await.without("authorization");
    let reply = post_message(&bob, &key, "written by ann").await;
    let html = html(&reply, 403);
    assert!(html.contains("Another account is now logged in in this browser"), "{html}");
    assert!(html.contains("name=\"author\" value=\"bob\""), "{html}");
    assert!(app.guest().messages().await.is_empty());
}

#[tokio::test]
async fn a_login_ends_the_previous_session_and_replaces_a_planted_cookie() {
    let app = TestApp::in_production().await;
    let ann = sign_up(&app).await;
    let again = ann.submit_form("/lite/login", &LOGIN_FIELDS).await;
    assert_ne!(again.cookie(), ann.cookie());
    assert!(!is_logged_in(&ann).await);
    let ann = app.guest().with("cookie", again.cookie());
    let wrong = ann.submit_form("/lite/login", &[("username", "bob"), ("password", "x")]).await;
    let html = html(&wrong, 401);
    assert!(html.contains(">Ann</bdi>") && html.contains("password is wrong"), "{html}");
    let planted = "__Host-session=chosen-by-the-attacker";
    let login = app.guest().with("cookie", planted).submit_form("/lite/login", &LOGIN_FIELDS).await;
    assert_ne!(login.cookie(), planted);
}

#[tokio::test]
async fn reading_a_page_counts_as_use_of_the_session() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    for _ in 0..3 {
        app.advance(DAY * 29);
        assert!(is_logged_in(&ann).await);
    }
    app.advance(DAY * 4);
    assert!(!is_logged_in(&ann).await, "a session expires after 90 days");
}
