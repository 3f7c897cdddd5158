//! Signing up, logging in and out.

use serde_json::{Value, json};

use crate::support::{PASSWORD, TestApp};

fn ann() -> Value {
    json!({"username": "ann", "password": PASSWORD, "name": "Ann"})
}

fn ann_with(field: &str, value: impl Into<Value>) -> Value {
    let mut ann = ann();
    ann[field] = value.into();
    ann
}

#[tokio::test]
async fn whoever_signs_up_is_logged_in() {
    let app = TestApp::start().await;
    let reply = app.guest().post("/api/signup", ann()).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    assert_eq!(reply.body["user"]["username"], "ann");
    assert_eq!(reply.body["user"]["name"], "Ann");
    assert_eq!(reply.header("cache-control"), "no-store");

    let me = app.guest().with_credentials(&reply).get("/api/me").await;
    assert_eq!(me.status, 200);
    assert_eq!(me.body, reply.body["user"]);
}

#[tokio::test]
async fn usernames_are_lower_case_and_names_are_trimmed() {
    let app = TestApp::start().await;
    let reply = app
        .guest()
        .post("/api/signup", json!({"username": "Ann_B-2", "password": PASSWORD, "name": " Ann\tB "}))
        .await;
    assert_eq!(reply.body["user"]["username"], "ann_b-2");
    assert_eq!(reply.body["user"]["name"], "Ann B");
}

#[tokio::test]
async fn a_taken_username_has_one_winner_of_a_hundred() {
    let app = TestApp::start().await;
    let tries = (0..100).map(|_| {
        let guest = app.guest();
        tokio::spawn(async move { guest.post("/api/signup", ann()).await })
    });
    let mut winners = 0;
    for reply in tries.collect::<Vec<_>>() {
        let reply = reply.await.unwrap();
        match reply.status {
            201 => winners += 1,
            _ => reply.assert_problem(409, "username-taken"),
        }
    }
    assert_eq!(winners, 1);
    app.log_in("ann").await;
}

#[tokio::test]
async fn sign_up_refuses_what_breaks_a_rule() {
    let app = TestApp::start().await;
    let long = "x".repeat(129);
    let cases: Vec<(&str, Value)> = vec![
        ("username", "an".into()),
        ("username", "a".repeat(31).into()),
        ("username", "änn".into()),
        ("username", "ann b".into()),
        ("username", "u-abcdefghijklmnop".into()),
        ("username", 7.into()),
        ("username", Value::Null),
        ("password", "short".into()),
        ("password", long.into()),
        ("name", "  ".into()),
        ("name", "a\u{7}b".into()),
        ("name", "n".repeat(81).into()),
        ("admin", true.into()),
    ];
    for (field, value) in cases {
        app.guest().post("/api/signup", ann_with(field, value)).await.assert_field_error(field);
    }
    for field in ["username", "password", "name"] {
        let mut missing = ann();
        missing.as_object_mut().unwrap().remove(field);
        app.guest().post("/api/signup", missing).await.assert_field_error(field);
    }
    assert_eq!(app.guest().post("/api/signup", ann()).await.status, 201, "nothing was kept of the others");
}

#[tokio::test]
async fn a_password_that_is_easy_to_guess_is_refused() {
    let app = TestApp::start().await;
    for weak in ["password1", "12345678", "annannann", "qwertyuiop"] {
        let reply = app.guest().post("/api/signup", ann_with("password", weak)).await;
        reply.assert_problem(422, "weak-password");
        assert_eq!(reply.body["field"], "password");
        assert!(!reply.body.to_string().contains(weak));
    }
}

#[tokio::test]
async fn a_password_works_however_it_was_typed() {
    let app = TestApp::start().await;
    let composed = "caf\u{e9} zebra lamp orbit";
    let decomposed = "cafe\u{301} zebra lamp orbit";
    assert_eq!(app.guest().post("/api/signup", ann_with("password", composed)).await.status, 201);
    let reply = app.guest().post("/api/login", json!({"username": "ANN", "password": decomposed})).await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_look_alike() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    let wrong =
        app.guest().post("/api/login", json!({"username": "ann", "password": "not the password"})).await;
    wrong.assert_problem(401, "wrong-login");
    for username in ["bob", "x", "not a username", ""] {
        let unknown =
            app.guest().post("/api/login", json!({"username": username, "password": PASSWORD})).await;
        unknown.assert_problem(401, "wrong-login");
        assert_eq!(unknown.body, wrong.body);
    }
    assert!(!wrong.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn log_out_ends_the_session_at_once() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let reply = ann.post("/api/logout", json!({})).await;
    assert_eq!(reply.status, 204);
    assert!(reply.header("set-cookie").contains("Max-Age=0"), "{reply:?}");
    ann.get("/api/me").await.assert_problem(401, "not-logged-in");
    ann.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
    assert_eq!(ann.post("/api/logout", json!({})).await.status, 204, "again: nothing is left to end");
}

#[tokio::test]
async fn log_out_takes_the_cookie_or_the_token_alone_or_none() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    for credential in ["cookie", "authorization"] {
        let ann = app.log_in("ann").await;
        assert_eq!(ann.without(credential).post("/api/logout", json!({})).await.status, 204);
        ann.get("/api/me").await.assert_problem(401, "not-logged-in");
    }
    assert_eq!(app.guest().post("/api/logout", json!({})).await.status, 204);
}

#[tokio::test]
async fn log_out_ends_the_sessions_of_both_and_no_other() {
    let app = TestApp::start().await;
    let first = app.sign_up("ann").await;
    let (second, third) = (app.log_in("ann").await, app.log_in("ann").await);
    let mixed = first.with_token(second.token());
    assert_eq!(mixed.post("/api/logout", json!({})).await.status, 204);
    first.get("/api/me").await.assert_problem(401, "not-logged-in");
    second.get("/api/me").await.assert_problem(401, "not-logged-in");
    assert_eq!(third.get("/api/me").await.status, 200);
}
