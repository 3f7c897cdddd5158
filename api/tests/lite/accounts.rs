//! The forms of `/lite` for accounts: sign-up, login and logout.

use serde_json::json;

use super::{LOGIN_FIELDS, SIGN_UP_FIELDS, assert_redirects_to_messages, html, is_logged_in, sign_up};
use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn a_sign_up_logs_in() {
    let app = TestApp::in_production().await;
    let ann = sign_up(&app).await;
    assert!(is_logged_in(&ann).await);
    assert_eq!(ann.post("/api/token", json!({})).await.status, 200, "the app can use the session too");
}

#[tokio::test]
async fn a_login_sets_a_secure_cookie() {
    let app = TestApp::in_production().await;
    sign_up(&app).await;
    let login =
        app.guest().submit_form("/lite/login", &[("username", " Ann "), ("password", PASSWORD)]).await;
    assert_redirects_to_messages(&login);
    for attribute in ["__Host-session=", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(login.header("set-cookie").contains(attribute), "{login:?}");
    }
    let ann = app.guest().with("cookie", login.cookie());
    assert_eq!(ann.post("/api/token", json!({})).await.status, 200, "the app can use the session too");
}

#[tokio::test]
async fn a_logout_ends_the_session_and_can_be_repeated() {
    let app = TestApp::in_production().await;
    let ann = sign_up(&app).await;
    let logout = ann.submit_form("/lite/logout", &[]).await;
    assert_redirects_to_messages(&logout);
    assert!(logout.header("set-cookie").starts_with("__Host-session=;"), "{logout:?}");
    assert!(logout.header("set-cookie").contains("Max-Age=0"), "{logout:?}");
    assert_eq!(logout.header("clear-site-data"), "\"storage\"");
    assert!(!is_logged_in(&ann).await);
    ann.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
    for client in [ann, app.guest()] {
        assert_redirects_to_messages(&client.submit_form("/lite/logout", &[]).await);
    }
}

#[tokio::test]
async fn sign_up_errors_are_shown_at_their_field_and_keep_the_input() {
    let app = TestApp::start().await;
    app.sign_up("bob").await;
    for (field, value, status, error) in [
        ("username", "  ", 422, "Use at least 3 characters.<"),
        ("username", "Anna Bolena", 422, "Use only a–z, 0–9, _ and -.<"),
        ("username", "u-anna", 422, "A username can't start with u-.<"),
        ("username", "bob", 409, "This username is taken. Please choose another.<"),
        ("name", " ", 422, "This can't be empty.<"),
        ("password", "short", 422, "Use at least 8 characters.<"),
        ("password", "password1", 422, "This password is too easy to guess. A few unusual words work well.<"),
    ] {
        let fields = SIGN_UP_FIELDS.map(|(name, valid)| (name, if name == field { value } else { valid }));
        let reply = app.guest().submit_form("/lite/signup", &fields).await;
        let html = html(&reply, status);
        assert!(html.contains("<title>Error: "), "{html}");
        let error = format!("<p class=\"field-error\" id=\"sign-up-{field}-error\">{error}");
        assert!(html.contains(&error), "{html}");
        let id = format!("id=\"sign-up-{field}\"");
        let input = html.split("<input ").find(|tag| tag.split('>').next().unwrap().contains(&id)).unwrap();
        assert!(input.contains("aria-invalid=\"true\"") && input.contains("autofocus"), "{input}");
        assert!(input.contains(&format!("sign-up-{field}-hint sign-up-{field}-error\"")), "{input}");
        assert!(html.contains("value=\"Ann\"") || field == "name", "{html}");
        assert!(field == "password" || html.contains(&format!("value=\"{value}\"")), "{html}");
        assert!(!html.contains(PASSWORD) && !html.contains("password1"), "{html}");
        assert_eq!(reply.header("set-cookie"), "");
    }
    assert_eq!(html(&app.guest().get("/lite").await, 200).matches("aria-invalid").count(), 0);
    sign_up(&app).await;
}

#[tokio::test]
async fn a_wrong_password_is_401_and_keeps_the_username() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    for username in ["ann", "unknown"] {
        let fields = [("username", username), ("password", "not the password")];
        let reply = app.guest().submit_form("/lite/login", &fields).await;
        let html = html(&reply, 401);
        assert!(
            html.contains("role=\"alert\"") && html.contains("The username or password is wrong."),
            "{html}"
        );
        assert!(html.contains(&format!("value=\"{username}\"")), "{html}");
        assert!(!html.contains("not the password"), "{html}");
    }
}

#[tokio::test]
async fn the_login_form_has_the_limits_of_the_api() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    let wrong = [("username", "ann"), ("password", "not the password")];
    for _ in 0..10 {
        html(&app.guest().submit_form("/lite/login", &wrong).await, 401);
    }
    let reply = app.guest().submit_form("/lite/login", &LOGIN_FIELDS).await;
    let seconds: u32 = reply.header("retry-after").parse().unwrap();
    assert!(seconds > 0);
    let expected = format!("Too many attempts. Please wait {}:{:02}.", seconds / 60, seconds % 60);
    assert!(html(&reply, 429).contains(&expected), "{expected}");
    app.guest().try_log_in("ann", PASSWORD).await.assert_problem(429, "too-many-tries");
}
