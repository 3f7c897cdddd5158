//! Known devices: a device cookie lets its user log in while wrong passwords from other devices lock the account.

use api::local::seed;
use jiff::SignedDuration;
use serde_json::json;
use tokio::task::JoinSet;

use crate::support::attempts::lock_account;
use crate::support::devices::{client_on_known_device, device_count, log_in_with_form, with_device_of};
use crate::support::dynamodb_server::DynamoDbServer;
use crate::support::gateway::{GatewayRequest, Payload};
use crate::support::lambda::{API, LambdaFunction};
use crate::support::wait::within_one_login_window;
use crate::support::{PASSWORD, TestApp, sign_up_body};

const DAY: SignedDuration = SignedDuration::from_hours(24);

#[tokio::test]
async fn sign_up_and_login_set_the_device_cookie_in_both_modes() {
    for (app, name, secure) in [
        (TestApp::in_production().await, "__Host-device", "; Secure"),
        (TestApp::start().await, "wishboard-device", ""),
    ] {
        let sign_up = app.guest().post("/api/signup", sign_up_body("ann")).await;
        let login = app.guest().try_log_in("ann", PASSWORD).await;
        let form_login = log_in_with_form(&app.guest(), "ann").await;
        for reply in [sign_up, login, form_login] {
            let cookie = reply.set_cookie("-device=");
            let secret = cookie.strip_prefix(&format!("{name}=")).unwrap().split(';').next().unwrap();
            assert_eq!(secret.len(), 22, "128 bits in base64url: {cookie}");
            let attributes = format!("; HttpOnly; SameSite=Lax{secure}; Path=/; Max-Age={}", 400 * 24 * 3600);
            assert_eq!(cookie, format!("{name}={secret}{attributes}"));
            let stored = format!("{:?}", app.database.items("user#ann"));
            assert!(!stored.contains(secret), "the table contains only the hash of the secret");
        }
        assert_eq!(app.guest().log_in_with_wrong_password("ann").await.set_cookie("-device="), "");
    }
}

#[tokio::test]
async fn a_known_device_can_log_in_to_a_locked_account() {
    let app = TestApp::start().await;
    let known = client_on_known_device(&app, "ann").await;
    lock_account(&app, "ann").await;
    for username in ["ann", " ANN "] {
        assert_eq!(known.try_log_in(username, PASSWORD).await.status, 200);
    }
    known.log_in_with_wrong_password("ann").await.assert_problem(401, "wrong-login");
    assert_eq!(log_in_with_form(&known, "ann").await.status, 303);
    assert_eq!(log_in_with_form(&app.guest(), "ann").await.status, 429);
}

#[tokio::test]
async fn a_known_device_can_log_in_to_a_locked_account_through_both_payload_formats() {
    let statuses = within_one_login_window(async || {
        let database = DynamoDbServer::start().await;
        let lambda = LambdaFunction::start(API, &database).await;
        let mut statuses = Vec::new();
        for (payload, username) in [(Payload::V2, "ann"), (Payload::V1, "bob")] {
            let signed_up = lambda.send(payload, &GatewayRequest::sign_up(username)).await;
            let device = signed_up.set_cookies()[1].split(';').next().unwrap().to_owned();
            assert!(device.starts_with("__Host-device="), "{signed_up:?}");
            let mut wrong = GatewayRequest::log_in(username, "not the password");
            wrong.source_ip = "192.0.2.2";
            for _ in 0..10 {
                lambda.send(payload, &wrong).await;
            }
            let correct = GatewayRequest::log_in(username, PASSWORD);
            statuses.push(lambda.send(payload, &correct).await.status());
            statuses.push(lambda.send(payload, &correct.with_cookie(device)).await.status());
        }
        statuses
    })
    .await;
    assert_eq!(statuses, [429, 200, 429, 200]);
}

#[tokio::test]
async fn the_device_of_one_user_is_unknown_for_another_user() {
    let app = TestApp::start().await;
    let ann = client_on_known_device(&app, "ann").await;
    let bob = client_on_known_device(&app, "bob").await;
    lock_account(&app, "ann").await;
    bob.try_log_in("ann", PASSWORD).await.assert_problem(429, "too-many-tries");
    assert_eq!(bob.try_log_in("bob", PASSWORD).await.status, 200);
    assert_eq!(ann.try_log_in("ann", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_device_is_known_for_the_last_four_users_who_logged_in() {
    let app = TestApp::start().await;
    let mut client = client_on_known_device(&app, "user0").await;
    for number in 1..5 {
        let username = format!("user{number}");
        app.sign_up(&username).await;
        client = with_device_of(&client, &client.try_log_in(&username, PASSWORD).await);
    }
    for (number, expected) in [(0, 429), (1, 200), (2, 200), (3, 200), (4, 200)] {
        let username = format!("user{number}");
        lock_account(&app, &username).await;
        assert_eq!(client.try_log_in(&username, PASSWORD).await.status, expected, "{username}");
    }
}

#[tokio::test]
async fn a_device_secret_that_the_server_did_not_set_is_ignored() {
    let app = TestApp::start().await;
    let device = client_on_known_device(&app, "ann").await.cookie().to_owned();
    let (name, secret) = device.split_once('=').unwrap();
    let planted = app.guest().with("cookie", format!("{name}=AAAAAAAAAAAAAAAAAAAAAA"));
    assert_eq!(planted.try_log_in("ann", PASSWORD).await.status, 200);
    lock_account(&app, "ann").await;
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
        let reply = app.guest().with("cookie", &cookie).try_log_in("ann", PASSWORD).await;
        assert_eq!(reply.status, 429, "{cookie}");
    }
    assert_eq!(app.guest().with("cookie", &device).try_log_in("ann", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn logins_and_logouts_on_a_known_device_keep_its_secret() {
    let app = TestApp::start().await;
    let known = client_on_known_device(&app, "ann").await;
    for _ in 0..3 {
        let reply = known.try_log_in("ann", PASSWORD).await;
        assert_eq!(reply.device_cookie(), known.cookie());
        let logout = known.with_credentials(&reply).post("/api/logout", json!({})).await;
        assert_eq!((logout.status, logout.set_cookie("-device=")), (204, ""));
    }
    assert_eq!(device_count(&app, "ann"), 1);
}

#[tokio::test]
async fn the_least_recently_used_of_twenty_devices_is_replaced() {
    let app = TestApp::start().await;
    let first = client_on_known_device(&app, "ann").await;
    app.advance(SignedDuration::from_secs(1));
    let second = with_device_of(&first, &app.guest().try_log_in("ann", PASSWORD).await);
    for number in 0..20 {
        app.advance(SignedDuration::from_secs(1));
        let client = if number == 10 { &first } else { &app.guest() };
        assert_eq!(client.try_log_in("ann", PASSWORD).await.status, 200);
    }
    assert_eq!(device_count(&app, "ann"), 20);
    lock_account(&app, "ann").await;
    assert_eq!(first.try_log_in("ann", PASSWORD).await.status, 200, "the first device was used again");
    assert_eq!(device_count(&app, "ann"), 20, "a login on a known device replaces no other device");
    second.try_log_in("ann", PASSWORD).await.assert_problem(429, "too-many-tries");
}

/// An earlier version may have stored more devices.
#[tokio::test]
async fn a_login_removes_all_devices_over_the_maximum() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    let mut user = app.database.items("user#ann")["user#ann"].clone();
    for number in 0..25 {
        user["devices"]["M"][format!("device{number}")] = json!({"N": number.to_string()});
    }
    app.database.put_item(&user);
    assert_eq!(app.guest().try_log_in("ann", PASSWORD).await.status, 200);
    assert_eq!(device_count(&app, "ann"), 20);
    let user = &app.database.items("user#ann")["user#ann"];
    assert!(
        user["devices"]["M"]["device6"].is_null() && user["devices"]["M"]["device7"].is_object(),
        "{user}"
    );
}

#[tokio::test]
async fn a_device_is_known_for_400_days_after_its_last_login() {
    let app = TestApp::start().await;
    let known = client_on_known_device(&app, "ann").await;
    for (days, expected) in [(399, 200), (399, 200), (401, 429)] {
        app.advance(DAY * days);
        lock_account(&app, "ann").await;
        assert_eq!(known.try_log_in("ann", PASSWORD).await.status, expected, "after {days} days");
    }
}

/// Earlier versions stored users without devices. The demo data still does.
#[tokio::test]
async fn a_user_without_devices_gets_one_with_each_login() {
    let app = TestApp::start().await;
    seed::insert_demo_data(&app.state).await.unwrap();
    assert_eq!(device_count(&app, seed::USERNAME), 0);
    let login = app.guest().try_log_in(seed::USERNAME, seed::PASSWORD).await;
    let known = with_device_of(&app.guest(), &login);
    assert_eq!(app.guest().try_log_in(seed::USERNAME, seed::PASSWORD).await.status, 200);
    assert_eq!(device_count(&app, seed::USERNAME), 2);
    lock_account(&app, seed::USERNAME).await;
    assert_eq!(known.try_log_in(seed::USERNAME, seed::PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_deleted_account_has_no_devices() {
    let app = TestApp::start().await;
    let sign_up = app.guest().post("/api/signup", sign_up_body("ann")).await;
    app.log_in("ann").await;
    assert_eq!(device_count(&app, "ann"), 2);
    let ann = app.guest().with_credentials(&sign_up);
    assert_eq!(ann.post("/api/me/delete", json!({"password": PASSWORD})).await.status, 204);
    assert_eq!(device_count(&app, "ann"), 0);
    let known = with_device_of(&app.guest(), &sign_up);
    known.try_log_in("ann", PASSWORD).await.assert_problem(401, "wrong-login");
}

#[tokio::test]
async fn parallel_logins_on_new_devices_make_all_devices_known() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    let mut logins = JoinSet::new();
    for _ in 0..8 {
        let guest = app.guest();
        logins.spawn(async move { guest.try_log_in("ann", PASSWORD).await.status });
    }
    assert!(logins.join_all().await.iter().all(|status| *status == 200));
    assert_eq!(device_count(&app, "ann"), 9);
}
