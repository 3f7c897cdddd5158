//! Rate limits on logins: wrong passwords for an account and from an address.

use std::time::{Duration, Instant};

use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::support::attempts::{
    begin_login, client_address, count_for_address, count_wrong_password, count_wrong_passwords, lock_account,
};
use crate::support::database::number_attribute;
use crate::support::{PASSWORD, TestApp, wait_until};

async fn send_wrong_passwords(app: &TestApp, username: &str, attempts: usize) {
    for _ in 0..attempts {
        app.guest().log_in_with_wrong_password(username).await.assert_problem(401, "wrong-login");
    }
}

#[tokio::test]
async fn ten_wrong_passwords_lock_an_account_until_the_window_ends() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    send_wrong_passwords(&app, "ann", 10).await;
    let seconds = app.guest().log_in_with_wrong_password("Ann ").await.retry_after();
    assert!((2..=900).contains(&seconds), "{seconds}");
    let later = app.guest().try_log_in("ann", PASSWORD).await.retry_after();
    assert!((2..=seconds).contains(&later), "{later}");
    app.sign_up("bob").await;
    app.log_in("bob").await;

    app.advance(SignedDuration::from_secs(seconds));
    app.log_in("ann").await;
}

#[tokio::test]
async fn an_unknown_username_is_locked_like_a_known_one() {
    let app = TestApp::start().await;
    send_wrong_passwords(&app, "unknown", 10).await;
    app.guest().log_in_with_wrong_password("unknown").await.assert_problem(429, "too-many-tries");
}

#[tokio::test]
async fn successful_logins_do_not_count() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    for _ in 0..15 {
        app.log_in("ann").await;
    }
    send_wrong_passwords(&app, "ann", 9).await;
    app.log_in("ann").await;
}

#[tokio::test]
async fn ten_logins_of_one_account_may_be_pending() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    let mut pending = Vec::new();
    for _ in 0..10 {
        pending.push(begin_login(&app, "ann", None).await);
    }
    assert_eq!(app.guest().try_log_in("ann", PASSWORD).await.retry_after(), 1);
    for attempt in pending {
        attempt.settle(false).await;
    }
    app.log_in("ann").await;
}

#[tokio::test]
async fn a_login_over_the_limit_may_be_retried_soon_while_one_attempt_is_pending() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    let pending = begin_login(&app, "ann", None).await;
    for _ in 0..9 {
        count_wrong_password(&app, "ann", client_address()).await;
    }
    assert_eq!(app.guest().try_log_in("ann", PASSWORD).await.retry_after(), 1);
    pending.settle(false).await;
    app.log_in("ann").await;
}

#[tokio::test]
async fn many_parallel_logins_all_succeed_after_retries() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    let mut logins = JoinSet::new();
    for _ in 0..30 {
        let guest = app.guest();
        logins.spawn(async move {
            let deadline = Instant::now() + Duration::from_secs(60);
            loop {
                let reply = guest.try_log_in("ann", PASSWORD).await;
                match reply.status {
                    200 => return,
                    503 => {}
                    _ => assert_eq!(reply.retry_after(), 1),
                }
                assert!(Instant::now() < deadline, "a login has not succeeded in time");
                tokio::task::yield_now().await;
            }
        });
    }
    logins.join_all().await;
}

#[tokio::test]
async fn parallel_wrong_passwords_never_exceed_the_limit() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    let mut attempts = JoinSet::new();
    for _ in 0..40 {
        let guest = app.guest();
        attempts.spawn(async move { guest.log_in_with_wrong_password("ann").await.status });
    }
    let statuses = attempts.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 10);
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 30);
}

#[tokio::test]
async fn a_successful_login_whose_client_disconnects_does_not_count() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    for number in 0..48 {
        let disconnect_after = Duration::from_millis(number % 8);
        let guest = app.guest();
        let _ = tokio::time::timeout(disconnect_after, guest.try_log_in("ann", PASSWORD)).await;
    }
    let are_refunded =
        async || app.database.items("limit#login-").values().all(|item| number_attribute(item, "hits") == 0);
    wait_until("all attempts are refunded", are_refunded).await;
    app.log_in("ann").await;
}

#[tokio::test]
async fn attempts_of_a_crashed_process_count_until_the_window_ends() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    for _ in 0..10 {
        drop(begin_login(&app, "ann", None).await);
    }
    assert_eq!(app.guest().try_log_in("ann", PASSWORD).await.retry_after(), 1);
    app.advance(SignedDuration::from_mins(15));
    app.log_in("ann").await;
}

#[tokio::test]
async fn an_address_may_send_a_hundred_wrong_passwords_for_all_accounts_together() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    count_wrong_passwords(&app, 99, client_address()).await;
    send_wrong_passwords(&app, "ann", 1).await;
    assert!(app.guest().try_log_in("ann", PASSWORD).await.retry_after() > 1);
}

#[tokio::test]
async fn attempts_on_a_locked_account_count_toward_the_limit_of_the_address() {
    let app = TestApp::start().await;
    app.sign_up("bob").await;
    lock_account(&app, "ann").await;
    for _ in 0..89 {
        app.guest().log_in_with_wrong_password("ann").await.assert_problem(429, "too-many-tries");
    }
    assert!(app.guest().try_log_in("bob", PASSWORD).await.retry_after() > 1);
}

#[tokio::test]
async fn logins_over_the_limit_of_the_address_create_no_counters() {
    let app = TestApp::start().await;
    count_wrong_passwords(&app, 100, client_address()).await;
    for number in 0..100 {
        let refused = app.guest().log_in_with_wrong_password(&format!("refused{number}")).await;
        refused.assert_problem(429, "too-many-tries");
    }
    let counters = app.database.items("limit#login-");
    assert_eq!(counters.len(), 101, "one for each of the hundred usernames, and one for the address");
    let now = app.unix_time();
    assert!(
        counters.values().all(|counter| (now..=now + 900).contains(&number_attribute(counter, "expires")))
    );
}

#[tokio::test]
async fn a_refused_login_costs_at_most_two_writes() {
    let app = TestApp::start().await;
    lock_account(&app, "ann").await;
    let assert_is_cheap = async |username: &str| {
        app.database.take_requests();
        let refused = app.guest().log_in_with_wrong_password(username).await;
        refused.assert_problem(429, "too-many-tries");
        let requests = app.database.take_requests();
        let writes: Vec<_> = requests.iter().filter(|request| request.is_write()).collect();
        assert!(writes.iter().all(|write| write.has_condition), "{requests:?}");
        assert!(writes.len() <= 2 && requests.len() <= 3, "{requests:?}");
    };
    assert_is_cheap("ann").await;
    count_for_address(&app, 88, client_address()).await;
    assert_is_cheap("bob").await;
    assert_is_cheap("ann").await;
}

#[tokio::test]
async fn the_limit_factor_multiplies_the_limits() {
    let app = TestApp::with_limit_factor(2).await;
    send_wrong_passwords(&app, "ann", 20).await;
    app.guest().log_in_with_wrong_password("ann").await.assert_problem(429, "too-many-tries");
}
