//! Known devices: a user can log in there while others keep the account locked.

use api::auth::rate_limit::password_attempt::PasswordAttempt;
use jiff::SignedDuration;
use reqwest::{Method, RequestBuilder};
use serde_json::json;
use tokio::task::JoinSet;

use crate::support::lambda::{DynamoDbServer, GatewayRequest, LambdaFunction, SITE};
use crate::support::{PASSWORD, Reply, TestApp, TestClient, wait_for_login_window};

const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn log_in(browser: &TestClient, username: &str, password: &str) -> Reply {
    browser.post("/api/login", json!({"username": username, "password": password})).await
}

/// Sends the login form of `/lite`.
async fn log_in_without_javascript(browser: &TestClient, username: &str) -> Reply {
    let form = format!("username={username}&password={}", PASSWORD.replace(' ', "+"));
    let send = |request: RequestBuilder| {
        request.header("content-type", "application/x-www-form-urlencoded").body(form)
    };
    browser.send(Method::POST, "/lite/login", send).await
}

async fn guess(browser: &TestClient, username: &str) -> Reply {
    log_in(browser, username, "not the password").await
}

/// Signs up, logs out and returns the browser, which keeps its device cookie.
async fn browser_of(app: &TestApp, username: &str) -> TestClient {
    let sign_up = json!({"username": username, "password": PASSWORD, "name": username});
    let reply = app.guest().post("/api/signup", sign_up).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    app.guest().with("cookie", reply.device_cookie())
}

/// Wrong passwords from an unknown device until the account is locked.
async fn lock(app: &TestApp, username: &str) {
    for _ in 0..10 {
        guess(&app.guest(), username).await.assert_problem(401, "wrong-login");
    }
    log_in(&app.guest(), username, PASSWORD).await.assert_problem(429, "too-many-tries");
}

fn next_browser(browser: &TestClient, reply: &Reply) -> TestClient {
    browser.without("cookie").with("cookie", reply.device_cookie())
}

#[tokio::test]
async fn sign_up_and_login_set_the_cookie_in_both_modes() {
    for (app, name, secure) in [
        (TestApp::in_production().await, "__Host-device", "; Secure"),
        (TestApp::start().await, "wishboard-device", ""),
    ] {
        let sign_up = json!({"username": "ann", "password": PASSWORD, "name": "Ann"});
        let signed_up = app.guest().post("/api/signup", sign_up).await;
        let token_response = log_in(&app.guest(), "ann", PASSWORD).await;
        let lite = log_in_without_javascript(&app.guest(), "ann").await;
        for reply in [signed_up, token_response, lite] {
            let cookie = reply.set_cookie("-device=");
            let secret = cookie.strip_prefix(&format!("{name}=")).unwrap().split(';').next().unwrap();
            assert_eq!(secret.len(), 22, "128 bits in base64url: {cookie}");
            let attributes = format!("; HttpOnly; SameSite=Lax{secure}; Path=/; Max-Age={}", 400 * 24 * 3600);
            assert_eq!(cookie, format!("{name}={secret}{attributes}"));
            let stored = format!("{:?}", app.database.items("user#ann"));
            assert!(!stored.contains(secret), "only its hash is stored");
        }
        assert_eq!(guess(&app.guest(), "ann").await.set_cookie("-device="), "");
    }
}

#[tokio::test]
async fn a_known_device_is_not_locked_out_by_others() {
    let app = TestApp::at_window_start().await;
    let browser = browser_of(&app, "ann").await;
    lock(&app, "ann").await;
    for username in ["ann", " ANN "] {
        assert_eq!(log_in(&browser, username, PASSWORD).await.status, 200);
    }
    guess(&browser, "ann").await.assert_problem(401, "wrong-login");
    assert_eq!(log_in_without_javascript(&browser, "ann").await.status, 303);
    assert_eq!(log_in_without_javascript(&app.guest(), "ann").await.status, 429);
}

#[tokio::test]
async fn a_known_device_is_not_locked_out_by_others_at_its_address() {
    let app = TestApp::at_window_start().await;
    let browser = browser_of(&app, "ann").await;
    lock(&app, "bob").await;
    for _ in 0..90 {
        guess(&app.guest(), "bob").await.assert_problem(429, "too-many-tries");
    }
    log_in(&app.guest(), "ann", PASSWORD).await.assert_problem(429, "too-many-tries");
    assert_eq!(log_in(&browser, "ann", PASSWORD).await.status, 200);
    for _ in 0..10 {
        guess(&browser, "ann").await.assert_problem(401, "wrong-login");
    }
    guess(&browser, "ann").await.assert_problem(429, "too-many-tries");
}

#[tokio::test]
async fn ten_logins_in_one_device_may_be_in_progress() {
    let app = TestApp::at_window_start().await;
    let browser = browser_of(&app, "ann").await;
    let user = app.database.items("user#ann").remove(0);
    let dynoxide::AttributeValue::M(devices) = &user["devices"] else { panic!("{user:?}") };
    let device = devices.keys().next().unwrap();
    let begin = async || {
        let address = std::net::IpAddr::from([127, 0, 0, 1]).into();
        PasswordAttempt::begin_login(&app.state, "ann", Some(device), address).await.unwrap()
    };
    let mut pending = Vec::new();
    for _ in 0..10 {
        pending.push(begin().await);
    }
    let refused = log_in(&browser, "ann", PASSWORD).await;
    refused.assert_problem(429, "too-many-tries");
    assert_eq!(refused.header("retry-after"), "1");
    for attempt in pending {
        attempt.settle(false).await;
    }
    assert_eq!(log_in(&browser, "ann", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_known_device_is_known_to_the_lambda_too() {
    wait_for_login_window(60).await;
    let tables = DynamoDbServer::start().await;
    let lambda = LambdaFunction::start(env!("CARGO_BIN_EXE_lambda"), &tables).await;
    for (payload, username) in
        [(GatewayRequest::v2 as fn(&GatewayRequest) -> _, "ann"), (GatewayRequest::v1, "bob")]
    {
        let send = async |path: &str, body: serde_json::Value, device: Option<&str>, source| {
            let mut request = GatewayRequest::new("POST", path).json(&body).with("origin", SITE);
            (request.cookie, request.source) = (device.map(str::to_owned), source);
            lambda.invoke(payload(&request)).await.unwrap()
        };
        let sign_up = json!({"username": username, "password": PASSWORD, "name": "Somebody"});
        let signed_up = send("/api/signup", sign_up, None, "192.0.2.1").await;
        let cookies =
            signed_up["cookies"].as_array().or(signed_up["multiValueHeaders"]["set-cookie"].as_array());
        let device = cookies.unwrap()[1].as_str().unwrap().split(';').next().unwrap();
        assert!(device.starts_with("__Host-device="), "{signed_up}");
        let (wrong, correct) = (
            json!({"username": username, "password": "not the password"}),
            json!({"username": username, "password": PASSWORD}),
        );
        for _ in 0..10 {
            send("/api/login", wrong.clone(), None, "192.0.2.2").await;
        }
        let unknown = send("/api/login", correct.clone(), None, "192.0.2.1").await;
        assert_eq!(unknown["statusCode"], 429);
        let known = send("/api/login", correct.clone(), Some(device), "192.0.2.1").await;
        assert_eq!(known["statusCode"], 200);
    }
}

#[tokio::test]
async fn a_device_has_ten_attempts_of_its_own_and_then_counts_as_unknown() {
    let app = TestApp::at_window_start().await;
    let browser = browser_of(&app, "ann").await;
    for _ in 0..10 {
        guess(&browser, "ann").await.assert_problem(401, "wrong-login");
    }
    for _ in 0..9 {
        guess(&app.guest(), "ann").await.assert_problem(401, "wrong-login");
    }
    app.log_in("ann").await;
    assert_eq!(log_in(&browser, "ann", PASSWORD).await.status, 200, "as any unknown device");
    guess(&browser, "ann").await.assert_problem(401, "wrong-login");
    let locked = log_in(&browser, "ann", PASSWORD).await;
    locked.assert_problem(429, "too-many-tries");
    log_in(&app.guest(), "ann", PASSWORD).await.assert_problem(429, "too-many-tries");

    let seconds = locked.header("retry-after").parse().unwrap();
    app.state.clock.advance(SignedDuration::from_secs(seconds));
    assert_eq!(log_in(&browser, "ann", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn each_device_of_a_user_counts_for_itself() {
    let app = TestApp::at_window_start().await;
    let phone = browser_of(&app, "ann").await;
    let laptop = next_browser(&app.guest(), &log_in(&app.guest(), "ann", PASSWORD).await);
    lock(&app, "ann").await;
    for _ in 0..10 {
        guess(&phone, "ann").await.assert_problem(401, "wrong-login");
    }
    app.database.take_requests();
    guess(&phone, "ann").await.assert_problem(429, "too-many-tries");
    let requests = app.database.take_requests();
    assert!(requests.iter().filter(|request| request.is_write()).count() <= 2, "{requests:?}");
    assert_eq!(log_in(&laptop, "ann", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn parallel_guesses_in_a_known_device_never_exceed_both_limits() {
    let app = TestApp::at_window_start().await;
    let browser = browser_of(&app, "ann").await;
    let mut guesses = JoinSet::new();
    for _ in 0..60 {
        let browser = browser.clone();
        guesses.spawn(async move { guess(&browser, "ann").await.status });
    }
    let statuses = guesses.join_all().await;
    let wrong = statuses.iter().filter(|status| **status == 401).count();
    assert!((10..=20).contains(&wrong), "{statuses:?}");
    assert!(statuses.iter().all(|status| [401, 429].contains(status)));
}

#[tokio::test]
async fn a_device_of_one_user_is_unknown_for_another() {
    let app = TestApp::at_window_start().await;
    let (ann, bob) = (browser_of(&app, "ann").await, browser_of(&app, "bob").await);
    lock(&app, "ann").await;
    log_in(&bob, "ann", PASSWORD).await.assert_problem(429, "too-many-tries");
    assert_eq!(log_in(&bob, "bob", PASSWORD).await.status, 200);
    assert_eq!(log_in(&ann, "ann", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_browser_stays_known_for_each_user_who_logs_in_there() {
    let app = TestApp::at_window_start().await;
    let mut browser = browser_of(&app, "user0").await;
    for number in 1..5 {
        let username = format!("user{number}");
        browser_of(&app, &username).await;
        browser = next_browser(&browser, &log_in(&browser, &username, PASSWORD).await);
    }
    for number in 0..5 {
        let username = format!("user{number}");
        lock(&app, &username).await;
        let expected = if number == 0 { 429 } else { 200 };
        let status = log_in(&browser, &username, PASSWORD).await.status;
        assert_eq!(status, expected, "the last four of five users: {username}");
    }
}

#[tokio::test]
async fn a_secret_from_elsewhere_is_never_adopted() {
    let app = TestApp::at_window_start().await;
    let device = browser_of(&app, "ann").await.cookie().to_owned();
    let (name, secret) = device.split_once('=').unwrap();
    let planted = app.guest().with("cookie", format!("{name}=AAAAAAAAAAAAAAAAAAAAAA"));
    assert_eq!(log_in(&planted, "ann", PASSWORD).await.status, 200);
    lock(&app, "ann").await;
    for cookie in [
        format!("{name}=AAAAAAAAAAAAAAAAAAAAAA"),
        format!("{name}="),
        format!("{name}=."),
        format!("{name}={secret}."),
        format!("{name}={secret}="),
        format!("{name}=\"{secret}\""),
        format!("{name}={}", [secret; 5].join(".")),
        format!("{name}={secret}; {name}={secret}"),
        format!("__Host-device={secret}"),
        format!("{name}=\u{fc}"),
    ] {
        let reply = log_in(&app.guest().with("cookie", &cookie), "ann", PASSWORD).await;
        assert_eq!(reply.status, 429, "{cookie}");
    }
    assert_eq!(log_in(&app.guest().with("cookie", &device), "ann", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_login_in_a_known_device_keeps_its_secret_and_so_does_logging_out() {
    let app = TestApp::start().await;
    let browser = browser_of(&app, "ann").await;
    for _ in 0..3 {
        let reply = log_in(&browser, "ann", PASSWORD).await;
        assert_eq!(reply.device_cookie(), browser.cookie());
        let logout = browser.with_credentials(&reply).post("/api/logout", json!({})).await;
        assert_eq!((logout.status, logout.set_cookie("-device=")), (204, ""));
    }
    assert_eq!(devices(&app, "ann"), 1);
}

fn devices(app: &TestApp, username: &str) -> usize {
    let user = app.database.items(&format!("user#{username}")).remove(0);
    match user.get("devices") {
        Some(dynoxide::AttributeValue::M(devices)) => devices.len(),
        Some(other) => panic!("{other:?}"),
        None => 0,
    }
}

#[tokio::test]
async fn a_user_has_twenty_devices_and_a_new_one_replaces_the_least_recently_used() {
    let app = TestApp::at_window_start().await;
    let first = browser_of(&app, "ann").await;
    app.state.clock.advance(SignedDuration::from_secs(1));
    let second = next_browser(&first, &log_in(&app.guest(), "ann", PASSWORD).await);
    for number in 0..20 {
        app.state.clock.advance(SignedDuration::from_secs(1));
        let browser = if number == 10 { &first } else { &app.guest() };
        assert_eq!(log_in(browser, "ann", PASSWORD).await.status, 200);
    }
    assert_eq!(devices(&app, "ann"), 20);
    lock(&app, "ann").await;
    assert_eq!(log_in(&first, "ann", PASSWORD).await.status, 200, "it was used meanwhile");
    log_in(&second, "ann", PASSWORD).await.assert_problem(429, "too-many-tries");
}

#[tokio::test]
async fn a_device_is_known_for_400_days_after_its_last_login() {
    let app = TestApp::at_window_start().await;
    let browser = browser_of(&app, "ann").await;
    for (days, expected) in [(399, 200), (399, 200), (401, 429)] {
        app.state.clock.advance(DAY * days);
        lock(&app, "ann").await;
        assert_eq!(log_in(&browser, "ann", PASSWORD).await.status, expected, "after {days} days");
    }
}

#[tokio::test]
async fn an_account_from_before_there_were_devices_gets_them_at_its_next_login() {
    let app = TestApp::at_window_start().await;
    api::local::seed::insert_demo_data(&app.state).await.unwrap(); // users without devices
    let (username, password) = (api::local::seed::USERNAME, api::local::seed::PASSWORD);
    assert_eq!(devices(&app, username), 0);
    let browser = next_browser(&app.guest(), &log_in(&app.guest(), username, password).await);
    assert_eq!(log_in(&app.guest(), username, password).await.status, 200);
    assert_eq!(devices(&app, username), 2);
    lock(&app, username).await;
    assert_eq!(log_in(&browser, username, password).await.status, 200);
}

#[tokio::test]
async fn a_deleted_account_leaves_no_device() {
    let app = TestApp::start().await;
    let sign_up = json!({"username": "ann", "password": PASSWORD, "name": "Ann"});
    let reply = app.guest().post("/api/signup", sign_up).await;
    let ann = app.guest().with_credentials(&reply);
    app.log_in("ann").await;
    assert_eq!(devices(&app, "ann"), 2);
    assert_eq!(ann.post("/api/me/delete", json!({"password": PASSWORD})).await.status, 204);
    assert_eq!(devices(&app, "ann"), 0);
    let known = app.guest().with("cookie", reply.device_cookie());
    log_in(&known, "ann", PASSWORD).await.assert_problem(401, "wrong-login");
}

#[tokio::test]
async fn many_new_devices_at_once_are_all_remembered() {
    let app = TestApp::at_window_start().await;
    browser_of(&app, "ann").await;
    let mut logins = JoinSet::new();
    for _ in 0..8 {
        let guest = app.guest();
        logins.spawn(async move { log_in(&guest, "ann", PASSWORD).await.status });
    }
    assert!(logins.join_all().await.iter().all(|status| *status == 200));
    assert_eq!(devices(&app, "ann"), 9);
}
