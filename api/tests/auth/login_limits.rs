//! Rate limits on logins and sign-ups.

use std::time::Duration;

use api::auth::client_address::ClientAddress;
use api::auth::rate_limit::password_attempt::PasswordAttempt;
use jiff::SignedDuration;
use serde_json::json;
use tokio::task::JoinSet;

use crate::support::{PASSWORD, Reply, TestApp, wait_until};

const NEW_PASSWORD: &str = "twelve purple kettles sing";

/// The address that the tests' requests come from.
fn address() -> ClientAddress {
    ClientAddress::from(std::net::IpAddr::from([127, 0, 0, 1]))
}

async fn log_in(app: &TestApp, username: &str, password: &str) -> Reply {
    app.guest().post("/api/login", json!({"username": username, "password": password})).await
}

async fn guess(app: &TestApp, username: &str) -> Reply {
    log_in(app, username, "not the password").await
}

async fn lock(app: &TestApp, username: &str) {
    for _ in 0..10 {
        guess(app, username).await.assert_problem(401, "wrong-login");
    }
}

/// Counts wrong passwords for invented usernames, without the cost of hashing.
async fn fail_often(app: &TestApp, attempts: usize) {
    for number in 0..attempts {
        let username = format!("invented{number}");
        PasswordAttempt::begin_login(&app.state, &username, None, address())
            .await
            .unwrap()
            .settle(true)
            .await;
    }
}

fn retry_after(reply: &Reply) -> i64 {
    reply.assert_problem(429, "too-many-tries");
    reply.header("retry-after").parse().unwrap()
}

#[tokio::test]
async fn ten_wrong_passwords_lock_an_account_until_the_window_ends() {
    let app = TestApp::at_window_start().await;
    app.sign_up("ann").await;
    lock(&app, "ann").await;
    let seconds = retry_after(&guess(&app, "Ann ").await);
    assert!((2..=900).contains(&seconds), "{seconds}");
    assert_eq!(retry_after(&log_in(&app, "ann", PASSWORD).await), seconds);
    app.sign_up("bob").await;
    app.log_in("bob").await;

    app.state.clock.advance(SignedDuration::from_secs(seconds));
    app.log_in("ann").await;
}

#[tokio::test]
async fn an_unknown_username_is_locked_like_a_known_one() {
    let app = TestApp::at_window_start().await;
    lock(&app, "unknown").await;
    guess(&app, "unknown").await.assert_problem(429, "too-many-tries");
}

#[tokio::test]
async fn correct_passwords_do_not_count() {
    let app = TestApp::at_window_start().await;
    app.sign_up("ann").await;
    for _ in 0..15 {
        app.log_in("ann").await;
    }
    for _ in 0..9 {
        guess(&app, "ann").await.assert_problem(401, "wrong-login");
    }
    app.log_in("ann").await;
}

#[tokio::test]
async fn ten_logins_of_one_account_may_be_in_progress() {
    let app = TestApp::at_window_start().await;
    app.sign_up("ann").await;
    let mut pending = Vec::new();
    for _ in 0..10 {
        pending.push(PasswordAttempt::begin_login(&app.state, "ann", None, address()).await.unwrap());
    }
    assert_eq!(retry_after(&log_in(&app, "ann", PASSWORD).await), 1);
    for attempt in pending {
        attempt.settle(false).await;
    }
    app.log_in("ann").await;
}

#[tokio::test]
async fn many_correct_logins_at_once_all_succeed_within_a_few_retries() {
    let app = TestApp::at_window_start().await;
    app.sign_up("ann").await;
    let mut logins = JoinSet::new();
    for _ in 0..40 {
        let guest = app.guest();
        logins.spawn(async move {
            loop {
                let login = json!({"username": "ann", "password": PASSWORD});
                let reply = guest.post("/api/login", login).await;
                match reply.status {
                    200 => return,
                    503 => {}
                    _ => assert_eq!(retry_after(&reply), 1),
                }
                tokio::task::yield_now().await;
            }
        });
    }
    logins.join_all().await;
}

#[tokio::test]
async fn parallel_guesses_never_exceed_the_limit() {
    let app = TestApp::at_window_start().await;
    app.sign_up("ann").await;
    let mut guesses = JoinSet::new();
    for _ in 0..40 {
        let guest = app.guest();
        let login = json!({"username": "ann", "password": "not the password"});
        guesses.spawn(async move { guest.post("/api/login", login).await.status });
    }
    let statuses = guesses.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 10);
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 30);
}

#[tokio::test]
async fn a_correct_login_whose_client_disconnects_does_not_count() {
    let app = TestApp::at_window_start().await;
    app.sign_up("ann").await;
    for number in 0..48 {
        let patience = Duration::from_millis(number % 8);
        let _ = tokio::time::timeout(patience, log_in(&app, "ann", PASSWORD)).await;
    }
    let counted =
        || app.database.items("limit#login-").iter().filter(|item| number(item, "hits") != 0).count();
    wait_until("all attempts are refunded", || counted() == 0).await;
    app.log_in("ann").await;
}

fn number(item: &dynoxide::Item, attribute: &str) -> i64 {
    match &item[attribute] {
        dynoxide::AttributeValue::N(number) => number.parse().unwrap(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_attempt_whose_process_crashed_is_forgotten_with_its_window() {
    let app = TestApp::at_window_start().await;
    app.sign_up("ann").await;
    for _ in 0..10 {
        drop(PasswordAttempt::begin_login(&app.state, "ann", None, address()).await.unwrap());
    }
    assert_eq!(retry_after(&log_in(&app, "ann", PASSWORD).await), 1);
    app.state.clock.advance(SignedDuration::from_mins(15));
    app.log_in("ann").await;
}

#[tokio::test]
async fn an_address_has_a_hundred_failures_for_all_accounts() {
    let app = TestApp::at_window_start().await;
    app.sign_up("ann").await;
    fail_often(&app, 99).await;
    guess(&app, "ann").await.assert_problem(401, "wrong-login");
    assert!(retry_after(&log_in(&app, "ann", PASSWORD).await) > 1);
}

#[tokio::test]
async fn attempts_at_a_locked_account_use_up_the_address() {
    let app = TestApp::at_window_start().await;
    app.sign_up("bob").await;
    lock(&app, "ann").await;
    for _ in 0..90 {
        guess(&app, "ann").await.assert_problem(429, "too-many-tries");
    }
    assert!(retry_after(&log_in(&app, "bob", PASSWORD).await) > 1);
}

#[tokio::test]
async fn refused_logins_leave_no_row_for_each_username() {
    let app = TestApp::at_window_start().await;
    fail_often(&app, 100).await;
    for number in 0..200 {
        guess(&app, &format!("refused{number}")).await.assert_problem(429, "too-many-tries");
    }
    let rows = app.database.items("limit#login-");
    assert_eq!(rows.len(), 101, "one for each of the hundred, and one for the address");
    let now = app.state.clock.now().as_second();
    assert!(rows.iter().all(|row| (now..=now + 900).contains(&number(row, "expires"))));
}

#[tokio::test]
async fn a_refused_login_costs_at_most_two_writes() {
    let app = TestApp::at_window_start().await;
    lock(&app, "ann").await;
    let refused = async |username: &str| {
        app.database.take_requests();
        guess(&app, username).await.assert_problem(429, "too-many-tries");
        let requests = app.database.take_requests();
        let writes: Vec<_> = requests.iter().filter(|request| request.is_write()).collect();
        assert!(writes.iter().all(|write| write.has_condition), "{requests:?}");
        assert!(writes.len() <= 2 && requests.len() <= 3, "{requests:?}");
    };
    refused("ann").await;
    fail_often(&app, 89).await;
    refused("bob").await;
    refused("ann").await;
}

#[tokio::test]
async fn sign_ups_count_for_the_address_unless_the_password_was_too_weak() {
    let app = TestApp::at_window_start().await;
    app.sign_up("ann").await;
    for weak in ["password1", "qwertyuiop"] {
        let sign_up = json!({"username": "bob", "password": weak, "name": "Bob"});
        app.guest().post("/api/signup", sign_up).await.assert_problem(422, "weak-password");
    }
    let taken = json!({"username": "ann", "password": PASSWORD, "name": "Ann"});
    for _ in 0..199 {
        app.guest().post("/api/signup", taken.clone()).await.assert_problem(409, "username-taken");
    }
    let seconds = retry_after(&app.guest().post("/api/signup", taken).await);
    assert!((2..=3600).contains(&seconds), "{seconds}");
    app.state.clock.advance(SignedDuration::from_secs(seconds));
    app.sign_up("bob").await;
}

#[tokio::test]
async fn a_session_has_ten_attempts_of_its_own_to_confirm_the_password() {
    let app = TestApp::at_window_start().await;
    let (ann, other) = (app.sign_up("ann").await, app.log_in("ann").await);
    lock(&app, "ann").await;
    let wrong = json!({"current": "not the password", "new": NEW_PASSWORD});
    for _ in 0..5 {
        ann.put("/api/me/password", wrong.clone()).await.assert_problem(422, "wrong-password");
        let delete = json!({"password": "not the password"});
        ann.post("/api/me/delete", delete).await.assert_problem(422, "wrong-password");
    }
    let correct = json!({"current": PASSWORD, "new": NEW_PASSWORD});
    let seconds = retry_after(&ann.put("/api/me/password", correct.clone()).await);
    assert!((2..=900).contains(&seconds), "{seconds}");
    retry_after(&ann.post("/api/me/delete", json!({"password": PASSWORD})).await);
    assert_eq!(ann.get("/api/me").await.status, 200, "the session lives on");
    assert_eq!(other.put("/api/me/password", correct).await.status, 204, "neither lock holds for it");
}

#[tokio::test]
async fn wrong_passwords_within_a_session_do_not_lock_the_account() {
    let app = TestApp::at_window_start().await;
    let ann = app.sign_up("ann").await;
    let change = json!({"current": "not the password", "new": NEW_PASSWORD});
    for _ in 0..10 {
        ann.put("/api/me/password", change.clone()).await.assert_problem(422, "wrong-password");
    }
    ann.put("/api/me/password", change).await.assert_problem(429, "too-many-tries");
    app.log_in("ann").await;
}

#[tokio::test]
async fn a_live_session_can_delete_its_locked_account() {
    let app = TestApp::at_window_start().await;
    let ann = app.sign_up("ann").await;
    fail_often(&app, 90).await;
    lock(&app, "ann").await;
    guess(&app, "bob").await.assert_problem(429, "too-many-tries");
    assert_eq!(ann.post("/api/me/delete", json!({"password": PASSWORD})).await.status, 204);
}

#[tokio::test]
async fn too_much_hashing_is_refused_while_the_rest_goes_on() {
    let app = TestApp::at_window_start().await;
    let mut sign_ups = JoinSet::new();
    for number in 0..600 {
        let guest = app.guest();
        let sign_up = json!({"username": format!("user{number}"), "password": "password1", "name": "x"});
        sign_ups.spawn(async move { guest.post("/api/signup", sign_up).await.status });
    }
    assert_eq!(app.guest().get("/api/health").await.status, 200);
    for status in sign_ups.join_all().await {
        assert!([422, 429, 503].contains(&status), "{status}");
    }
}

#[tokio::test]
async fn the_limit_factor_raises_every_limit() {
    let app = TestApp::with(|config| config.limit_factor = 2).await;
    app.wait_for_window_start();
    for _ in 0..2 {
        lock(&app, "ann").await;
    }
    guess(&app, "ann").await.assert_problem(429, "too-many-tries");
}
