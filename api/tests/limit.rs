//! How often one may try.

use jiff::SignedDuration;
use serde_json::json;

use crate::support::{PASSWORD, TestApp};

/// At the start of a window: none ends within the test.
async fn start() -> TestApp {
    let app = TestApp::start().await;
    let window = 3600;
    let over = app.state.clock.now().as_second() % window;
    app.state.clock.advance(SignedDuration::from_secs(window - over));
    app
}

async fn guess(app: &TestApp, username: &str) -> crate::support::Reply {
    app.guest().post("/api/login", json!({"username": username, "password": "not the password"})).await
}

#[tokio::test]
async fn ten_wrong_passwords_lock_an_account_until_the_window_ends() {
    let app = start().await;
    app.sign_up("ann").await;
    for _ in 0..10 {
        guess(&app, "ann").await.is_problem(401, "wrong-login");
    }
    let locked = guess(&app, "Ann ").await;
    locked.is_problem(429, "too-many-tries");
    let seconds: i64 = locked.header("retry-after").parse().unwrap();
    assert!((1..=900).contains(&seconds));
    let right = app.guest().post("/api/login", json!({"username": "ann", "password": PASSWORD})).await;
    right.is_problem(429, "too-many-tries");
    app.sign_up("bob").await;
    app.log_in("bob").await;

    app.state.clock.advance(SignedDuration::from_secs(seconds));
    app.log_in("ann").await;
}

#[tokio::test]
async fn an_unknown_name_is_locked_alike() {
    let app = start().await;
    for _ in 0..10 {
        guess(&app, "nobody").await.is_problem(401, "wrong-login");
    }
    guess(&app, "nobody").await.is_problem(429, "too-many-tries");
}

#[tokio::test]
async fn right_passwords_do_not_count() {
    let app = start().await;
    app.sign_up("ann").await;
    for _ in 0..15 {
        app.log_in("ann").await;
    }
    for _ in 0..9 {
        guess(&app, "ann").await.is_problem(401, "wrong-login");
    }
    app.log_in("ann").await;
}

#[tokio::test]
async fn many_right_passwords_at_once_are_no_failures() {
    let app = start().await;
    app.sign_up("ann").await;
    let logins = (0..30).map(|_| {
        let guest = app.guest();
        let login = json!({"username": "ann", "password": PASSWORD});
        tokio::spawn(async move { guest.post("/api/login", login).await.status })
    });
    for login in logins.collect::<Vec<_>>() {
        assert_eq!(login.await.unwrap(), 200);
    }
}

#[tokio::test]
async fn who_goes_away_before_the_answer_has_not_failed() {
    let app = start().await;
    app.sign_up("ann").await;
    for _ in 0..20 {
        let guest = app.guest();
        let login = json!({"username": "ann", "password": PASSWORD});
        let request = tokio::spawn(async move { guest.post("/api/login", login).await });
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        request.abort();
    }
    app.log_in("ann").await;
}

#[tokio::test]
async fn many_guesses_at_once_are_no_more_guesses() {
    let app = start().await;
    app.sign_up("ann").await;
    let guesses = (0..40).map(|_| {
        let guest = app.guest();
        let login = json!({"username": "ann", "password": "not the password"});
        tokio::spawn(async move { guest.post("/api/login", login).await.status })
    });
    let mut wrong = 0;
    for guess in guesses.collect::<Vec<_>>() {
        match guess.await.unwrap() {
            401 => wrong += 1,
            status => assert_eq!(status, 429),
        }
    }
    assert_eq!(wrong, 10);
}

#[tokio::test]
async fn a_wrong_current_password_counts_as_a_failed_login() {
    let app = start().await;
    let ann = app.sign_up("ann").await;
    let change = json!({"current": "not the password", "new": "twelve purple kettles sing"});
    for _ in 0..10 {
        ann.put("/api/me/password", change.clone()).await.is_problem(422, "wrong-password");
    }
    ann.put("/api/me/password", change).await.is_problem(429, "too-many-tries");
    guess(&app, "ann").await.is_problem(429, "too-many-tries");
    assert_eq!(ann.get("/api/me").await.status, 200, "who is logged in stays so");
}

#[tokio::test]
async fn one_address_can_not_guess_at_everybody() {
    let app = start().await;
    app.sign_up("ann").await;
    for number in 0..100 {
        guess(&app, &format!("person{}", number)).await.is_problem(401, "wrong-login");
    }
    guess(&app, "ann").await.is_problem(429, "too-many-tries");
}

#[tokio::test]
async fn too_much_hashing_is_refused_while_the_rest_goes_on() {
    let app = start().await;
    let tries = (0..600).map(|number| {
        let guest = app.guest();
        let sign_up = json!({"username": format!("person{number}"), "password": "password1", "name": "x"});
        tokio::spawn(async move { guest.post("/api/signup", sign_up).await.status })
    });
    let tries = tries.collect::<Vec<_>>();
    assert_eq!(app.guest().get("/api/health").await.status, 200);
    for attempt in tries {
        let status = attempt.await.unwrap();
        assert!([422, 429, 503].contains(&status), "{status}");
    }
}
