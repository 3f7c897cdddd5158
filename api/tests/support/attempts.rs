//! Counts password attempts without sending requests, so that no password hash is computed.

use std::net::Ipv4Addr;

use api::auth::client_address::ClientAddress;
use api::auth::rate_limit::password_attempt::PasswordAttempt;

use super::{PASSWORD, TestApp};

/// Returns the address of all clients of a test app.
pub fn client_address() -> ClientAddress {
    ClientAddress::from(std::net::IpAddr::from(Ipv4Addr::LOCALHOST))
}

/// Begins a login from the address of the tests.
pub async fn begin_login(app: &TestApp, username: &str, known_device: Option<&str>) -> PasswordAttempt {
    PasswordAttempt::begin_login(&app.state, username, known_device, client_address()).await.unwrap()
}

/// Counts a wrong password from this address.
pub async fn count_wrong_password(app: &TestApp, username: &str, address: ClientAddress) {
    let attempt = PasswordAttempt::begin_login(&app.state, username, None, address).await;
    attempt.unwrap().settle(true).await;
}

/// Counts wrong passwords for as many different usernames, all from this address.
pub async fn count_wrong_passwords(app: &TestApp, attempts: usize, address: ClientAddress) {
    for number in 0..attempts {
        count_wrong_password(app, &format!("counted{number}"), address).await;
    }
}

/// Counts attempts from this address, at least 10, all with one username. After ten wrong passwords, its account is
/// locked, and each further attempt costs less than a wrong password.
pub async fn count_for_address(app: &TestApp, attempts: usize, address: ClientAddress) {
    for _ in 0..10 {
        count_wrong_password(app, "counted", address).await;
    }
    for _ in 10..attempts {
        let refused = PasswordAttempt::begin_login(&app.state, "counted", None, address).await;
        assert!(refused.is_err(), "the account is locked");
    }
}

/// Locks an account with ten wrong passwords from an unknown device.
pub async fn lock_account(app: &TestApp, username: &str) {
    for _ in 0..10 {
        count_wrong_password(app, username, client_address()).await;
    }
    app.guest().try_log_in(username, PASSWORD).await.assert_problem(429, "too-many-tries");
}
