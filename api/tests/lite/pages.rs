//! The structure of the pages of `/lite`, their addresses, and their error pages.

use reqwest::{Body, Method};

use super::{SIGN_UP_FIELDS, get_form_key, html, sign_up};
use crate::support::client::FORM;
use crate::support::{TestApp, TestClient};

async fn send_message_body(client: &TestClient, media_type: &str, body: impl Into<Body>, status: u16) {
    html(&client.send_body(Method::POST, "/lite/messages", media_type, body).await, status);
}

#[tokio::test]
async fn pages_have_landmarks_labels_and_autocomplete() {
    let app = TestApp::start().await;
    let reply = app.guest().get("/lite").await;
    let html = html(&reply, 200);
    for landmark in ["<header>", "<main id=\"main\">", "<footer>", "<h1>", "href=\"#main\"", "lang=\"en\""] {
        assert!(html.contains(landmark), "{landmark}");
    }
    for id in ["log-in-username", "log-in-password", "sign-up-username", "sign-up-name", "sign-up-password"] {
        assert!(html.contains(&format!("for=\"{id}\"")) && html.contains(&format!(" id=\"{id}\"")), "{id}");
    }
    for autocomplete in ["username", "current-password", "new-password", "name"] {
        assert!(html.contains(&format!("autocomplete=\"{autocomplete}\"")), "{autocomplete}");
    }
    assert!(html.contains("aria-describedby=\"sign-up-password-hint\""));
}

#[tokio::test]
async fn the_style_sheet_is_cached_for_an_hour() {
    let style = TestApp::start().await.guest().get("/lite/style.css").await;
    assert_eq!((style.status, style.header("content-type")), (200, "text/css; charset=utf-8"));
    assert_eq!(style.header("cache-control"), "public, max-age=3600");
}

#[tokio::test]
async fn a_slash_at_the_end_redirects_to_the_page() {
    let guest = TestApp::start().await.guest();
    for (from, to) in [
        ("/lite/", "/lite"),
        ("/lite//", "/lite"),
        ("/lite/?before=x&y=%2F", "/lite?before=x&y=%2F"),
        ("/lite/?", "/lite?"),
        ("/lite/style.css/", "/lite/style.css"),
        ("/lite/login/", "/lite/login"),
        ("/lite/wishes/?before=x", "/lite/wishes?before=x"),
    ] {
        let reply = guest.get(from).await;
        assert_eq!((reply.status, reply.header("location")), (308, to), "{from}");
        assert_eq!(reply.header("cache-control"), "no-store");
    }
    // After a 308, the browser submits the form again.
    let reply = guest.submit_form("/lite/signup/", &SIGN_UP_FIELDS).await;
    assert_eq!((reply.status, reply.header("location")), (308, "/lite/signup"));
}

#[tokio::test]
async fn an_unknown_page_is_404() {
    let guest = TestApp::start().await.guest();
    for path in [
        "/lite/nothing",
        "/lite/nothing/",
        "/lite/login/nothing/",
        "/lite/%2f",
        "/lite//evil.example/",
        "/lite/\u{7f}/",
    ] {
        html(&guest.get(path).await, 404);
    }
}

#[tokio::test]
async fn a_wrong_method_is_405_with_a_link() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    for path in ["/lite/login", "/lite/signup", "/lite/logout", "/lite/messages"] {
        let reply = ann.get(path).await;
        assert!(html(&reply, 405).contains("href=\"/lite\""));
        assert_eq!(reply.header("allow"), "POST");
    }
    for (path, allowed) in [("/lite", "GET,HEAD"), ("/lite/wishes", "GET,HEAD,POST")] {
        let reply = ann.delete(path).await;
        html(&reply, 405);
        assert_eq!(reply.header("allow"), allowed);
    }
}

#[tokio::test]
async fn every_malformed_form_gets_an_error_page() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let key = get_form_key(&ann).await;
    let [author, key, body] = [("author", "ann"), ("key", key.as_str()), ("body", "hello")];
    for (fields, status) in [
        (vec![body], 422),
        (vec![author, key], 422),
        (vec![author, ("key", "x"), body], 422),
        (vec![author, key, body, ("admin", "yes")], 422),
        (vec![author, key, body, body], 400),
    ] {
        html(&ann.submit_form("/lite/messages", &fields).await, status);
    }
    let name = ("name", "Bicycle");
    for (fields, status) in [
        (vec![name], 422),
        (vec![author, key], 422),
        (vec![author, ("key", "x"), name], 422),
        (vec![author, key, name, ("received", "true")], 422),
        (vec![author, key, name, name], 400),
    ] {
        html(&ann.submit_form("/lite/wishes", &fields).await, status);
    }
    let unknown_field = [("username", "ann"), ("password", "x"), ("next", "/")];
    html(&app.guest().submit_form("/lite/login", &unknown_field).await, 422);
    html(&app.guest().submit_form("/lite/signup", &[]).await, 422);
    send_message_body(&ann, "application/json", "{}", 415).await;
    send_message_body(&ann, "text/plain", "body=x", 415).await;
    send_message_body(&ann, FORM, vec![b'x'; 65_537], 413).await;
    send_message_body(&ann, FORM, vec![0xff, b'%', b'=', b'%', b'z'], 422).await;
    assert!(app.guest().messages().await.is_empty());
    assert!(app.database.items("wish#").is_empty());
}

#[tokio::test]
async fn the_navigation_marks_the_current_page() {
    let app = TestApp::start().await;
    let links = [("/lite", "Messages"), ("/lite/wishes", "Wishes")];
    for client in [app.guest(), sign_up(&app).await] {
        for (path, _) in links {
            let reply = client.get(path).await;
            let html = html(&reply, 200);
            let nav = html.split("<nav ").nth(1).unwrap().split("</nav>").next().unwrap();
            for (target, name) in links {
                let current = if target == path { " aria-current=\"page\"" } else { "" };
                let link = format!("href=\"{target}\"{current}>{name}</a>");
                assert!(nav.contains(&link), "{link}: {nav}");
            }
        }
    }
}
