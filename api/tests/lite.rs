//! The pages of `/lite`, which work without JavaScript.

mod access;
mod accounts;
mod german;
mod languages;
mod messages;
mod pages;
mod wish_form;
mod wishes;

use crate::support::{PASSWORD, Reply, TestApp, TestClient};

/// The fields of the sign-up form.
const SIGN_UP_FIELDS: [(&str, &str); 3] = [("username", "ann"), ("name", "Ann"), ("password", PASSWORD)];

/// The fields of the login form.
const LOGIN_FIELDS: [(&str, &str); 2] = [("username", "ann"), ("password", PASSWORD)];

/// The path of the page with the wishes.
const WISHES: &str = "/lite/wishes";

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";

/// Checks that this is a page with this status, and returns its HTML.
#[track_caller]
fn html(reply: &Reply, status: u16) -> &str {
    assert_eq!(reply.status, status, "{reply:?}");
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8", "{reply:?}");
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert_eq!(reply.header("content-security-policy"), CONTENT_SECURITY_POLICY);
    let vary = reply.header("vary");
    assert!(vary.split(", ").any(|name| name == "accept-language"), "{vary}");
    let html = reply.html();
    let language = reply.header("content-language");
    assert!(html.starts_with(&format!("<!DOCTYPE html><html lang=\"{language}\"")), "{language}: {html}");
    for tag in html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap()) {
        for forbidden in ["style=", " on", "javascript:"] {
            assert!(!tag.contains(forbidden), "{forbidden}: {html}");
        }
        assert!(!tag.starts_with("script"), "{html}");
    }
    html
}

/// Checks that this response redirects the browser to the messages.
#[track_caller]
fn assert_redirects_to_messages(reply: &Reply) {
    assert_eq!((reply.status, reply.header("location")), (303, "/lite"), "{reply:?}");
    assert_eq!(reply.header("cache-control"), "no-store");
}

/// Checks that this response redirects the browser to the wishes.
#[track_caller]
fn assert_redirects_to_wishes(reply: &Reply) {
    assert_eq!((reply.status, reply.header("location")), (303, WISHES), "{reply:?}");
    assert_eq!(reply.header("cache-control"), "no-store");
}

/// Signs up with the form. Returns a client with the session cookie.
async fn sign_up(app: &TestApp) -> TestClient {
    let reply = app.guest().submit_form("/lite/signup", &SIGN_UP_FIELDS).await;
    assert_redirects_to_messages(&reply);
    app.guest().with("cookie", reply.cookie())
}

/// Returns whether this client is logged in.
async fn is_logged_in(client: &TestClient) -> bool {
    let page = client.get("/lite").await;
    let html = html(&page, 200);
    assert_ne!(html.contains(">Ann</bdi> <button>Log out"), html.contains("/lite/login"), "{html}");
    !html.contains("/lite/login")
}

/// Returns the idempotency key in the form that posts a message or adds a wish.
fn form_key(html: &str) -> String {
    html.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Requests the form that posts a message, and returns its idempotency key.
async fn get_form_key(client: &TestClient) -> String {
    form_key(html(&client.get("/lite").await, 200))
}

/// Submits the form that posts a message by `ann`.
async fn post_message(client: &TestClient, key: &str, body: &str) -> Reply {
    client.submit_form("/lite/messages", &[("author", "ann"), ("key", key), ("body", body)]).await
}

/// Requests the form that adds a wish, and returns its idempotency key.
async fn get_wish_key(client: &TestClient) -> String {
    form_key(html(&client.get(WISHES).await, 200))
}

/// Submits the form that adds a wish of `ann`.
async fn add_wish(client: &TestClient, key: &str, [name, description, url]: [&str; 3]) -> Reply {
    let fields =
        [("author", "ann"), ("key", key), ("name", name), ("description", description), ("url", url)];
    client.submit_form(WISHES, &fields).await
}
