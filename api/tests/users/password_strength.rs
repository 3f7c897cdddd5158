//! Weak passwords, which sign-up and password change reject.

use serde_json::json;

use crate::support::{PASSWORD, TestApp, sign_up_body, with_members};

#[tokio::test]
async fn a_password_that_is_easy_to_guess_is_rejected() {
    let app = TestApp::start().await;
    for weak in ["password1", "12345678", "annannann", "qwertyuiop"] {
        let sign_up = with_members(&sign_up_body("ann"), &json!({"password": weak}));
        let reply = app.guest().post("/api/signup", sign_up).await;
        reply.assert_problem(422, "weak-password");
        assert_eq!(reply.body["field"], "password");
        assert!(!reply.body.to_string().contains(weak));
    }
}

/// zxcvbn 3.1.1 overflows if a keyboard pattern has 28 turns or more: it panics or returns a wrong result.
#[tokio::test]
async fn a_long_zigzag_on_the_keyboard_is_rejected() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for (keys, count) in [
        ("12", 17),
        ("2020", 8),
        ("jk", 23),
        ("JK", 23),
        ("qw", 64),
        (";'", 20),
        ("96", 16),
        ("+3", 30),
        ("jJ", 40),
    ] {
        let password = keys.repeat(count);
        let sign_up = json!({"username": "zigzag", "password": password, "name": "Zigzag"});
        app.guest().post("/api/signup", sign_up).await.assert_problem(422, "weak-password");
        let change = json!({"current": PASSWORD, "new": password});
        ann.put("/api/me/password", change).await.assert_problem(422, "weak-password");
    }
}
