//! The rate limit on sign-ups from one address.

use jiff::SignedDuration;
use serde_json::json;

use crate::support::{TestApp, sign_up_body, with_members};

/// Sign-ups with a taken username count, because they reveal which usernames exist. Sign-ups with a weak password do
/// not.
#[tokio::test]
async fn an_address_may_send_two_hundred_sign_ups_per_hour() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    for weak in ["password1", "qwertyuiop"] {
        let sign_up = with_members(&sign_up_body("bob"), &json!({"password": weak}));
        app.guest().post("/api/signup", sign_up).await.assert_problem(422, "weak-password");
    }
    let taken = sign_up_body("ann");
    for _ in 0..199 {
        app.guest().post("/api/signup", taken.clone()).await.assert_problem(409, "username-taken");
    }
    let seconds = app.guest().post("/api/signup", taken).await.retry_after();
    assert!((2..=3600).contains(&seconds), "{seconds}");
    app.advance(SignedDuration::from_secs(seconds));
    app.sign_up("bob").await;
}
