//! Signing up: the new account, taken usernames and field errors.

use api::web::error::Error;
use serde_json::{Value, json};

use crate::support::stored::session_of;
use crate::support::{PASSWORD, TestApp, sign_up_body, with_members};

fn sign_up_with(field: &str, value: impl Into<Value>) -> Value {
    let mut body = sign_up_body("ann");
    body[field] = value.into();
    body
}

#[tokio::test]
async fn a_new_user_is_logged_in() {
    let app = TestApp::start().await;
    let reply = app.guest().post("/api/signup", sign_up_body("ann")).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    assert_eq!(reply.body["user"]["username"], "ann");
    assert_eq!(reply.body["user"]["name"], "Ann");
    assert_eq!(reply.header("cache-control"), "no-store");

    let me = app.guest().with_credentials(&reply).get("/api/me").await;
    assert_eq!(me.status, 200);
    assert_eq!(me.body, reply.body["user"]);
}

#[tokio::test]
async fn usernames_become_lower_case_and_names_are_trimmed() {
    let app = TestApp::start().await;
    let sign_up = json!({"username": "Ann_B-2", "password": PASSWORD, "name": " Ann\tB "});
    let reply = app.guest().post("/api/signup", sign_up).await;
    assert_eq!(reply.body["user"]["username"], "ann_b-2");
    assert_eq!(reply.body["user"]["name"], "Ann B");
}

#[tokio::test]
async fn only_one_of_a_hundred_parallel_sign_ups_gets_the_username() {
    let app = TestApp::start().await;
    let sign_ups = (0..100).map(|_| {
        let guest = app.guest();
        tokio::spawn(async move { guest.post("/api/signup", sign_up_body("ann")).await })
    });
    let mut created = 0;
    for reply in sign_ups.collect::<Vec<_>>() {
        let reply = reply.await.unwrap();
        match reply.status {
            201 => created += 1,
            // On a slow machine, the hashes of a hundred passwords can take longer than a request waits.
            503 => {}
            _ => reply.assert_problem(409, "username-taken"),
        }
    }
    assert_eq!(created, 1);
    app.log_in("ann").await;
}

#[tokio::test]
async fn a_sign_up_that_checked_the_username_before_it_was_taken_fails() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    let ann = app.stored_user("ann").await;
    let late = session_of(&ann, app.state.clock.now());
    let sign_up = app.state.store.sign_up(&ann, &late, None).await;
    assert!(matches!(sign_up, Err(Error::UsernameTaken)), "{sign_up:?}");
    assert!(app.state.store.find_session(&late.sid).await.unwrap().is_none());
}

#[tokio::test]
async fn invalid_fields_are_rejected() {
    let app = TestApp::start().await;
    let invalid: [(&str, Value); 13] = [
        ("username", "an".into()),
        ("username", "a".repeat(31).into()),
        ("username", "änn".into()),
        ("username", "ann b".into()),
        ("username", "u-abcdefghijklmnop".into()),
        ("username", 7.into()),
        ("username", Value::Null),
        ("password", "short".into()),
        ("password", "x".repeat(129).into()),
        ("name", "  ".into()),
        ("name", "a\u{7}b".into()),
        ("name", "n".repeat(81).into()),
        ("admin", true.into()),
    ];
    for (field, value) in invalid {
        app.guest().post("/api/signup", sign_up_with(field, value)).await.assert_field_error(field);
    }
    for field in ["username", "password", "name"] {
        let incomplete = with_members(&sign_up_body("ann"), &json!({ field: null }));
        app.guest().post("/api/signup", incomplete).await.assert_field_error(field);
    }
    let valid = app.guest().post("/api/signup", sign_up_body("ann")).await;
    assert_eq!(valid.status, 201, "the rejected sign-ups have stored nothing");
}
