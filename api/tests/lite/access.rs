//! Who can use the pages without JavaScript: other sites, cookies, sessions.

use jiff::SignedDuration;

use super::ANN;
use super::goes_home;
use super::key;
use super::page;
use super::post;
use super::send;
use super::sign_up;
use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn another_sites_page_can_not_send_the_forms() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = key(&ann).await;
    let forms: [(&str, &[(&str, &str)]); 4] = [
        ("/lite/login", &ANN[..1]),
        ("/lite/signup", &ANN),
        ("/lite/logout", &[]),
        ("/lite/messages", &[("author", "ann"), ("key", &key), ("body", "hello")]),
    ];
    for (path, fields) in forms {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ] {
            let reply = send(&ann.with(name, value), path, fields).await;
            assert!(page(&reply, 403).contains("This request came from another site."), "{reply:?}");
        }
    }
    assert!(app.guest().messages().await.is_empty());
    for (name, value) in [("sec-fetch-site", "same-origin"), ("origin", &app.url)] {
        goes_home(&post(&ann.with(name, value), &key, "hello").await);
    }
    let linked = ann.with("sec-fetch-site", "cross-site").get("/lite").await;
    assert!(page(&linked, 200).contains("<bdi>Ann</bdi>"), "a link from elsewhere may lead here");
}

#[tokio::test]
async fn in_development_mode_the_cookie_needs_no_https() {
    let app = TestApp::start().await;
    let signed_up = send(&app.guest(), "/lite/signup", &ANN).await;
    let ann = app.guest().with("cookie", signed_up.cookie());
    assert!(page(&ann.get("/lite").await, 200).contains("<bdi>Ann</bdi>"));
    let logged_out = send(&ann, "/lite/logout", &[]).await;
    let token_response =
        send(&app.guest(), "/lite/login", &[("username", "ann"), ("password", PASSWORD)]).await;
    for reply in [&signed_up, &logged_out, &token_response] {
        goes_home(reply);
        let cookie = reply.header("set-cookie");
        assert!(cookie.starts_with("wishboard-session=") && !cookie.contains("Secure"), "{cookie}");
    }
}

#[tokio::test]
async fn a_forged_or_an_old_cookie_is_a_guests() {
    let app = TestApp::in_production().await;
    let ann = sign_up(&app).await;
    let form = key(&ann).await;
    for forged in [
        "__Host-session=",
        "__Host-session=AAAA",
        "session=x",
        "__Host-session=%00; =;",
        "__Host-session=\u{fc}",
    ] {
        let forger = app.guest().with("cookie", forged);
        assert!(page(&forger.get("/lite").await, 200).contains("/lite/login"), "{forged}");
        page(&post(&forger, &form, "hello").await, 401);
    }
    app.state.clock.advance(SignedDuration::from_hours(30 * 24));
    assert!(page(&ann.get("/lite").await, 200).contains("/lite/login"));
    let reply = post(&ann, &form, "half a thought").await;
    let page = page(&reply, 401);
    assert!(page.contains("You were logged out") && page.contains(">half a thought</textarea>"), "{page}");
    assert!(app.guest().messages().await.is_empty());
}

#[tokio::test]
async fn nobody_posts_by_somebody_elses_form() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let form = key(&ann).await;
    let bob = app.sign_up("bob").await.without("authorization");
    let reply = post(&bob, &form, "by ann").await;
    assert!(page(&reply, 403).contains("Another account is now logged in in this browser"));
    assert!(page(&reply, 403).contains("name=\"author\" value=\"bob\""));
    assert!(app.guest().messages().await.is_empty());
}

#[tokio::test]
async fn each_login_is_a_new_session_and_leaves_the_one_before() {
    let app = TestApp::in_production().await;
    let ann = sign_up(&app).await;
    let login = [("username", "ann"), ("password", PASSWORD)];
    let again = send(&ann, "/lite/login", &login).await;
    assert_ne!(again.cookie(), ann.cookie());
    assert!(page(&ann.get("/lite").await, 200).contains("/lite/login"));
    let ann = app.guest().with("cookie", again.cookie());
    let wrong = send(&ann, "/lite/login", &[("username", "bob"), ("password", "x")]).await;
    let page_of_ann = page(&wrong, 401);
    assert!(page_of_ann.contains("<bdi>Ann</bdi>") && page_of_ann.contains("password is wrong"), "{wrong:?}");
    let fixed = app.guest().with("cookie", "__Host-session=chosen-by-somebody-else");
    assert_ne!(send(&fixed, "/lite/login", &login).await.cookie(), "__Host-session=chosen-by-somebody-else");
}

#[tokio::test]
async fn the_use_of_a_session_is_noted() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    for _ in 0..3 {
        app.state.clock.advance(SignedDuration::from_hours(29 * 24));
        assert!(page(&ann.get("/lite").await, 200).contains("<bdi>Ann</bdi>"));
    }
    app.state.clock.advance(SignedDuration::from_hours(4 * 24));
    assert!(page(&ann.get("/lite").await, 200).contains("/lite/login"), "after ninety days it ends");
}
