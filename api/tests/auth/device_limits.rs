//! Rate limits on logins from a known device: a wrong password counts toward the limit of the device, not of the
//! account or the address.

use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::support::attempts::{begin_login, client_address, count_for_address, lock_account};
use crate::support::devices::{client_on_known_device, device_ids, with_device_of};
use crate::support::{PASSWORD, TestApp, TestClient};

async fn send_wrong_passwords(client: &TestClient, username: &str, attempts: usize) {
    for _ in 0..attempts {
        client.log_in_with_wrong_password(username).await.assert_problem(401, "wrong-login");
    }
}

#[tokio::test]
async fn a_known_device_can_log_in_from_an_address_over_its_limit() {
    let app = TestApp::start().await;
    let known = client_on_known_device(&app, "ann").await;
    count_for_address(&app, 100, client_address()).await;
    app.guest().try_log_in("ann", PASSWORD).await.assert_problem(429, "too-many-tries");
    assert_eq!(known.try_log_in("ann", PASSWORD).await.status, 200);
    send_wrong_passwords(&known, "ann", 10).await;
    known.log_in_with_wrong_password("ann").await.assert_problem(429, "too-many-tries");
}

#[tokio::test]
async fn ten_logins_on_one_device_may_be_pending() {
    let app = TestApp::start().await;
    let known = client_on_known_device(&app, "ann").await;
    let [device] = &device_ids(&app, "ann")[..] else { panic!("more than one device") };
    let mut pending = Vec::new();
    for _ in 0..10 {
        pending.push(begin_login(&app, "ann", Some(device)).await);
    }
    assert_eq!(known.try_log_in("ann", PASSWORD).await.retry_after(), 1);
    for attempt in pending {
        attempt.settle(false).await;
    }
    assert_eq!(known.try_log_in("ann", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_device_counts_as_unknown_after_ten_wrong_passwords() {
    let app = TestApp::start().await;
    let known = client_on_known_device(&app, "ann").await;
    send_wrong_passwords(&known, "ann", 10).await;
    send_wrong_passwords(&app.guest(), "ann", 9).await;
    app.log_in("ann").await;
    assert_eq!(known.try_log_in("ann", PASSWORD).await.status, 200, "the account has one attempt left");
    send_wrong_passwords(&known, "ann", 1).await;
    let locked = known.try_log_in("ann", PASSWORD).await;
    locked.assert_problem(429, "too-many-tries");
    app.guest().try_log_in("ann", PASSWORD).await.assert_problem(429, "too-many-tries");

    app.advance(SignedDuration::from_secs(locked.retry_after()));
    assert_eq!(known.try_log_in("ann", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn each_device_of_a_user_has_its_own_limit() {
    let app = TestApp::start().await;
    let phone = client_on_known_device(&app, "ann").await;
    let laptop = with_device_of(&app.guest(), &app.guest().try_log_in("ann", PASSWORD).await);
    lock_account(&app, "ann").await;
    send_wrong_passwords(&phone, "ann", 10).await;
    app.database.take_requests();
    phone.log_in_with_wrong_password("ann").await.assert_problem(429, "too-many-tries");
    let requests = app.database.take_requests();
    assert!(requests.iter().filter(|request| request.is_write()).count() <= 2, "{requests:?}");
    assert_eq!(laptop.try_log_in("ann", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn parallel_wrong_passwords_on_a_known_device_never_exceed_the_sum_of_both_limits() {
    let app = TestApp::start().await;
    let known = client_on_known_device(&app, "ann").await;
    let mut attempts = JoinSet::new();
    for _ in 0..60 {
        let known = known.clone();
        attempts.spawn(async move { known.log_in_with_wrong_password("ann").await.status });
    }
    let statuses = attempts.join_all().await;
    let wrong = statuses.iter().filter(|status| **status == 401).count();
    assert!((10..=20).contains(&wrong), "{statuses:?}");
    assert!(statuses.iter().all(|status| [401, 429].contains(status)));
}
