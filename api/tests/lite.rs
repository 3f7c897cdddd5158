//! The pages without JavaScript, as a browser uses them.

mod access;

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

use crate::support::{PASSWORD, Reply, TestApp, TestClient};

const FORM: &str = "application/x-www-form-urlencoded";
const ANN: [(&str, &str); 3] = [("username", "ann"), ("name", "Ann"), ("password", PASSWORD)];

async fn send(browser: &TestClient, path: &str, fields: &[(&str, &str)]) -> Reply {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    send_raw(browser, path, FORM, body).await
}

async fn send_raw(
    browser: &TestClient,
    path: &str,
    media_type: &str,
    body: impl Into<reqwest::Body>,
) -> Reply {
    let body = body.into();
    browser.send(Method::POST, path, |request| request.header("content-type", media_type).body(body)).await
}

/// The page, which is one whatever its status.
#[track_caller]
fn page(reply: &Reply, status: u16) -> &str {
    assert_eq!(reply.status, status, "{reply:?}");
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8", "{reply:?}");
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    let policy = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; \
        frame-ancestors 'none'";
    assert_eq!(reply.header("content-security-policy"), policy);
    let page = reply.body.as_str().unwrap();
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\""), "{page}");
    for forbidden in ["<script", "style=", " on", "javascript:"] {
        let tags = page.split('<').skip(1).map(|tag| tag.split('>').next().unwrap());
        assert!(tags.map(|tag| format!("<{tag}")).all(|tag| !tag.contains(forbidden)), "{forbidden}: {page}");
    }
    page
}

#[track_caller]
fn goes_home(reply: &Reply) {
    assert_eq!((reply.status, reply.header("location")), (303, "/lite"), "{reply:?}");
    assert_eq!(reply.header("cache-control"), "no-store");
}

async fn sign_up(app: &TestApp) -> TestClient {
    let reply = send(&app.guest(), "/lite/signup", &ANN).await;
    goes_home(&reply);
    app.guest().with("cookie", reply.cookie())
}

/// The key of the form to post with, as the page has it.
fn key_in(page: &str) -> String {
    page.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

async fn key(browser: &TestClient) -> String {
    key_in(page(&browser.get("/lite").await, 200))
}

async fn post(browser: &TestClient, key: &str, body: &str) -> Reply {
    send(browser, "/lite/messages", &[("author", "ann"), ("key", key), ("body", body)]).await
}

#[tokio::test]
async fn a_guest_reads_and_finds_the_ways_in() {
    let app = TestApp::start().await;
    app.sign_up("bob").await.post("/api/messages", json!({"body": "hello"})).await;
    let reply = app.guest().get("/lite").await;
    let page = page(&reply, 200);
    for there in ["hello", "<bdi>BOB</bdi>", "@bob", "action=\"/lite/login\"", "action=\"/lite/signup\""] {
        assert!(page.contains(there), "{there}: {page}");
    }
    for missing in ["/lite/messages", "/lite/logout", "Older messages", "Error"] {
        assert!(!page.contains(missing), "{missing}: {page}");
    }
    assert_eq!(reply.header("set-cookie"), "");
}

#[tokio::test]
async fn it_is_made_for_everybody() {
    let app = TestApp::start().await;
    let reply = app.guest().get("/lite").await;
    let page = page(&reply, 200);
    for landmark in ["<header>", "<main id=\"main\">", "<footer>", "<h1>", "href=\"#main\"", "lang=\"en\""] {
        assert!(page.contains(landmark), "{landmark}");
    }
    for id in ["log-in-username", "log-in-password", "sign-up-username", "sign-up-name", "sign-up-password"] {
        assert!(page.contains(&format!("for=\"{id}\"")) && page.contains(&format!(" id=\"{id}\"")), "{id}");
    }
    for autocomplete in ["username", "current-password", "new-password", "name"] {
        assert!(page.contains(&format!("autocomplete=\"{autocomplete}\"")), "{autocomplete}");
    }
    assert!(page.contains("aria-describedby=\"sign-up-password-hint\""));
    let style = app.guest().get("/lite/style.css").await;
    assert_eq!((style.status, style.header("content-type")), (200, "text/css; charset=utf-8"));
    assert_eq!(style.header("cache-control"), "public, max-age=3600");
}

#[tokio::test]
async fn signing_up_posting_and_logging_out() {
    let app = TestApp::in_production().await;
    let ann = sign_up(&app).await;
    let reply = ann.get("/lite").await;
    assert!(page(&reply, 200).contains("<bdi>Ann</bdi>"));
    assert!(!page(&reply, 200).contains("/lite/login"));
    let posted = post(&ann, &key(&ann).await, "first\r\nsecond").await;
    goes_home(&posted);
    assert_eq!(app.guest().messages().await, ["first\nsecond"]);
    assert!(page(&ann.get("/lite").await, 200).contains("first<br>second"));

    let out = send(&ann, "/lite/logout", &[]).await;
    goes_home(&out);
    assert!(out.header("set-cookie").starts_with("__Host-session=;"), "{out:?}");
    assert!(out.header("set-cookie").contains("Max-Age=0"), "{out:?}");
    assert!(page(&ann.get("/lite").await, 200).contains("/lite/login"), "the cookie is nobody's any more");
    ann.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
    goes_home(&send(&ann, "/lite/logout", &[]).await);
    goes_home(&send(&app.guest(), "/lite/logout", &[]).await);

    let back = send(&app.guest(), "/lite/login", &[("username", " Ann "), ("password", PASSWORD)]).await;
    goes_home(&back);
    for attribute in ["__Host-session=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(back.header("set-cookie").contains(attribute), "{back:?}");
    }
    let ann = app.guest().with("cookie", back.cookie());
    assert_eq!(ann.post("/api/token", json!({})).await.status, 200, "it is the session of the app, too");
}

#[tokio::test]
async fn what_people_write_is_text() {
    let app = TestApp::start().await;
    let hostile = "</p><script>alert(1)</script>\"'&<img src=x onerror=alert(1)>";
    let fields = [("username", "ann"), ("name", hostile), ("password", PASSWORD)];
    let reply = send(&app.guest(), "/lite/signup", &fields).await;
    goes_home(&reply);
    let ann = app.guest().with("cookie", reply.cookie());
    goes_home(&post(&ann, &key(&ann).await, hostile).await);
    let shown = ann.get("/lite").await;
    assert_eq!(page(&shown, 200).matches("&lt;script&gt;").count(), 3, "in the bar, by the message, in it");
    let typed = [("username", "\"><script>"), ("name", "</textarea>"), ("password", "x")];
    assert!(
        page(&send(&app.guest(), "/lite/signup", &typed).await, 422).contains("&quot;&gt;&lt;script&gt;")
    );
    let long = format!("</textarea><script>{}", "x".repeat(2_000));
    assert!(page(&post(&ann, &key(&ann).await, &long).await, 422).contains("&lt;/textarea&gt;"));
}

#[tokio::test]
async fn a_form_that_is_sent_twice_posts_once() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = key(&ann).await;
    let (one, two) = tokio::join!(post(&ann, &key, "hello"), post(&ann, &key, "hello"));
    goes_home(&one);
    goes_home(&two);
    goes_home(&post(&ann, &key, "hello").await);
    assert_eq!(app.guest().messages().await, ["hello"]);

    let changed = post(&ann, &key, "hello again").await;
    let page = page(&changed, 409);
    assert!(
        page.contains(">hello again</textarea>")
            && page.contains("An earlier version of this was already posted."),
        "{page}"
    );
    let fresh = key_in(page);
    assert_ne!(fresh, key);
    goes_home(&post(&ann, &fresh, "hello again").await);
    assert_eq!(app.guest().messages().await, ["hello again", "hello"]);
}

#[tokio::test]
async fn what_was_deleted_since_is_posted_only_if_that_is_meant() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = key(&ann).await;
    post(&ann, &key, "hello").await;
    let token = ann.post("/api/token", json!({})).await.body["token"].as_str().unwrap().to_owned();
    assert_eq!(ann.with_token(&token).delete(&format!("/api/messages/{key}")).await.status, 204);
    let gone = post(&ann, &key, "hello").await;
    assert!(page(&gone, 410).contains("This was already posted and then deleted."));
    assert_ne!(key_in(page(&gone, 410)), key);
    assert!(app.guest().messages().await.is_empty());
}

#[tokio::test]
async fn what_breaks_a_rule_is_told_at_its_field_and_stays_typed() {
    let app = TestApp::start().await;
    app.sign_up("bob").await;
    for (field, typed, status, expected) in [
        ("username", "  ", 422, "Use at least 3 characters.<"),
        ("username", "Anna Bolena", 422, "Use only a–z, 0–9, _ and -.<"),
        ("username", "u-anna", 422, "A username can't start with u-.<"),
        ("username", "bob", 409, "This username is taken. Please choose another.<"),
        ("name", " ", 422, "This can't be empty.<"),
        ("password", "short", 422, "Use at least 8 characters.<"),
        ("password", "password1", 422, "This password is too easy to guess. A few unusual words work well.<"),
    ] {
        let fields = ANN.map(|(name, value)| if name == field { (name, typed) } else { (name, value) });
        let reply = send(&app.guest(), "/lite/signup", &fields).await;
        let page = page(&reply, status);
        assert!(page.contains("<title>Error: "), "{page}");
        assert!(
            page.contains(&format!("<p class=\"fault\" id=\"sign-up-{field}-fault\">{expected}")),
            "{page}"
        );
        let input = page
            .split("<input ")
            .find(|tag| {
                tag.contains(&format!(" id=\"sign-up-{field}\""))
                    || tag.starts_with(&format!("id=\"sign-up-{field}\""))
            })
            .unwrap();
        assert!(input.contains("aria-invalid=\"true\"") && input.contains("autofocus"), "{input}");
        assert!(input.contains(&format!("sign-up-{field}-hint sign-up-{field}-fault\"")), "{input}");
        assert!(page.contains("value=\"Ann\"") || field == "name", "{page}");
        assert!(field == "password" || page.contains(&format!("value=\"{typed}\"")), "{page}");
        assert!(!page.contains(PASSWORD) && !page.contains("password1"), "{page}");
        assert_eq!(reply.header("set-cookie"), "");
    }
    assert_eq!(page(&app.guest().get("/lite").await, 200).matches("aria-invalid").count(), 0);
    sign_up(&app).await;
}

#[tokio::test]
async fn an_empty_or_too_long_message_is_refused_and_stays_typed() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = key(&ann).await;
    let long = "x".repeat(2_001);
    for (body, expected) in [(" \r\n ", ">This can't be empty.<"), (&long, ">Use at most 2,000 characters.<")]
    {
        let reply = post(&ann, &key, body).await;
        let page = page(&reply, 422);
        assert!(page.contains(expected) && page.contains("aria-describedby=\"post-body-fault\""), "{page}");
        assert!(page.contains(&format!(">{body}</textarea>")), "{page}");
        assert_eq!(key_in(page), key, "an answer may have been lost: the same key");
    }
    assert!(app.guest().messages().await.is_empty());
}

#[tokio::test]
async fn a_wrong_password_is_told_and_too_many_are_too_many() {
    let app = TestApp::start().await;
    // At the start of a window: none ends within the test.
    let over = app.state.clock.now().as_second() % 900;
    app.state.clock.advance(SignedDuration::from_secs(900 - over));
    app.sign_up("ann").await;
    let wrong = [("username", "ann"), ("password", "not the password")];
    for _ in 0..10 {
        let reply = send(&app.guest(), "/lite/login", &wrong).await;
        let page = page(&reply, 401);
        assert!(page.contains("role=\"alert\"") && page.contains("The username or password is wrong."));
        assert!(page.contains("value=\"ann\"") && !page.contains("not the password"), "{page}");
    }
    let reply = send(&app.guest(), "/lite/login", &wrong).await;
    let seconds: u32 = reply.header("retry-after").parse().unwrap();
    assert!(seconds > 0);
    let expected = format!("Too many attempts. Please wait {}:{:02}.", seconds / 60, seconds % 60);
    assert!(page(&reply, 429).contains(&expected), "{expected}");
    app.guest()
        .post("/api/login", json!({"username": "ann", "password": PASSWORD}))
        .await
        .assert_problem(429, "too-many-tries");
    let unknown = send(&app.guest(), "/lite/login", &[("username", "nobody"), ("password", "x")]).await;
    assert!(page(&unknown, 401).contains("The username or password is wrong."));
}

#[tokio::test]
async fn older_messages_are_a_link_away() {
    let app = TestApp::start().await;
    let bob = app.sign_up("bob").await;
    for number in 0..25 {
        bob.post("/api/messages", json!({ "body": format!("number {number}!") })).await;
    }
    let first = app.guest().get("/lite").await;
    let page_one = page(&first, 200);
    assert!(page_one.contains("number 24!") && !page_one.contains("number 4!"));
    let older = page_one.split("href=\"/lite?before=").nth(1).unwrap().split('#').next().unwrap();
    let second = app.guest().get(&format!("/lite?before={older}")).await;
    let page_two = page(&second, 200);
    assert!(
        page_two.contains("number 4!") && page_two.contains("number 0!") && !page_two.contains("number 5!")
    );
    assert!(!page_two.contains("?before="));
    let unknown = app.guest().get("/lite?before=x").await;
    assert!(page(&unknown, 422).contains("<p>The address may be wrong, or the page no longer exists.</p>"));
}

#[tokio::test]
async fn a_slash_at_the_end_of_a_page_redirects_to_the_page() {
    let app = TestApp::start().await;
    for (from, to) in [
        ("/lite/", "/lite"),
        ("/lite//", "/lite"),
        ("/lite/?before=x&y=%2F", "/lite?before=x&y=%2F"),
        ("/lite/?", "/lite?"),
        ("/lite/style.css/", "/lite/style.css"),
        ("/lite/login/", "/lite/login"),
    ] {
        let reply = app.guest().get(from).await;
        assert_eq!((reply.status, reply.header("location")), (308, to), "{from}");
        assert_eq!(reply.header("cache-control"), "no-store");
    }
    let typed = send(&app.guest(), "/lite/signup/", &ANN).await;
    assert_eq!(
        (typed.status, typed.header("location")),
        (308, "/lite/signup"),
        "the form is sent there again"
    );
    for path in [
        "/lite/nothing",
        "/lite/nothing/",
        "/lite/login/nothing/",
        "/lite/%2f",
        "/lite//evil.example/",
        "/lite/\u{7f}/",
    ] {
        page(&app.guest().get(path).await, 404);
    }
}

#[tokio::test]
async fn whatever_goes_wrong_is_a_page() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = key(&ann).await;
    let good = [("author", "ann"), ("key", key.as_str()), ("body", "hello")];
    for (fields, status) in [
        (vec![("body", "hello")], 422),
        (vec![good[0], good[1]], 422),
        (vec![good[0], ("key", "x"), good[2]], 422),
        (vec![good[0], good[1], good[2], ("admin", "yes")], 422),
        (vec![good[0], good[1], good[2], good[2]], 400),
    ] {
        page(&send(&ann, "/lite/messages", &fields).await, status);
    }
    page(
        &send(&app.guest(), "/lite/login", &[("username", "ann"), ("password", "x"), ("next", "/")]).await,
        422,
    );
    page(&send(&app.guest(), "/lite/signup", &[]).await, 422);
    page(&send_raw(&ann, "/lite/messages", "application/json", "{}").await, 415);
    page(&send_raw(&ann, "/lite/messages", "text/plain", "body=x").await, 415);
    page(&send_raw(&ann, "/lite/messages", FORM, vec![b'x'; 65_537]).await, 413);
    page(&send_raw(&ann, "/lite/messages", FORM, vec![0xff, b'%', b'=', b'%', b'z']).await, 422);
    page(&ann.get("/lite/nothing").await, 404);
    for path in ["/lite/login", "/lite/signup", "/lite/logout", "/lite/messages"] {
        let reply = ann.get(path).await;
        assert!(page(&reply, 405).contains("href=\"/lite\""));
        assert_eq!(reply.header("allow"), "POST");
    }
    let reply = ann.delete("/lite").await;
    page(&reply, 405);
    assert_eq!(reply.header("allow"), "GET,HEAD");
    assert!(app.guest().messages().await.is_empty());
}
