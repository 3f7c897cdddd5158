//! The client's address behind a reverse proxy, as rate limits count it.

use serde_json::json;

use crate::support::TestApp;

/// More wrong logins than one address may try.
const MAX_LOGINS: usize = 150;

/// Tries wrong logins, each with another username, until they are refused; answers with how many were not.
async fn exhaust(app: &TestApp, header: (&str, &str)) -> usize {
    for number in 0..MAX_LOGINS {
        if log_in(app, header, number).await == 429 {
            return number;
        }
    }
    panic!("{header:?} was never refused");
}

async fn log_in(app: &TestApp, (name, value): (&str, &str), number: usize) -> u16 {
    let login = json!({"username": format!("user{number}"), "password": "not the password"});
    let reply = app.guest().with(name, value).post("/api/login", login).await;
    assert!([401, 429].contains(&reply.status), "{reply:?}");
    reply.status
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_has_its_own_limit() {
    let app = TestApp::with(|config| config.trusted_proxies = "127.0.0.1".parse().unwrap()).await;
    assert!(exhaust(&app, ("x-forwarded-for", "192.0.2.1")).await >= 100);
    for (name, value, status) in [
        ("x-forwarded-for", "192.0.2.1", 429),
        ("x-forwarded-for", "198.51.100.7, 192.0.2.1", 429),
        ("forwarded", "for=198.51.100.7, for=192.0.2.1", 429),
        ("forwarded", "for=\"192.0.2.1:4711\"", 429),
        ("x-forwarded-for", "192.0.2.2", 401),
        ("forwarded", "for=192.0.2.1, for=192.0.2.2", 401),
        ("accept", "*/*", 401),
    ] {
        assert_eq!(log_in(&app, (name, value), MAX_LOGINS).await, status, "{name}: {value}");
    }
}

#[tokio::test]
async fn without_one_no_header_changes_the_address() {
    for proxies in ["", "192.0.2.1, ::1"] {
        let app = TestApp::with(|config| config.trusted_proxies = proxies.parse().unwrap()).await;
        exhaust(&app, ("accept", "*/*")).await;
        for header in
            [("x-forwarded-for", "192.0.2.1"), ("forwarded", "for=192.0.2.1"), ("x-real-ip", "192.0.2.1")]
        {
            assert_eq!(log_in(&app, header, MAX_LOGINS).await, 429, "{header:?}");
        }
    }
}
