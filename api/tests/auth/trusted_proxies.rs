//! The login limits identify a client behind a trusted reverse proxy by its own address.

use std::net::IpAddr;

use api::auth::client_address::ClientAddress;

use crate::support::TestApp;
use crate::support::attempts::{client_address, count_for_address};

/// Returns the status of a login with a wrong password and this header.
async fn status_with(app: &TestApp, (name, value): (&str, &str), username: &str) -> u16 {
    app.guest().with(name, value).log_in_with_wrong_password(username).await.status
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_has_its_own_limit() {
    let app = TestApp::with_config(|config| config.trusted_proxies = "127.0.0.1".parse().unwrap()).await;
    count_for_address(&app, 100, ClientAddress::from(IpAddr::from([192, 0, 2, 1]))).await;
    for (number, (name, value, status)) in [
        ("x-forwarded-for", "192.0.2.1", 429),
        ("x-forwarded-for", "198.51.100.7, 192.0.2.1", 429),
        ("forwarded", "for=198.51.100.7, for=192.0.2.1", 429),
        ("forwarded", "for=\"192.0.2.1:4711\"", 429),
        ("x-forwarded-for", "192.0.2.2", 401),
        ("forwarded", "for=192.0.2.1, for=192.0.2.2", 401),
        ("accept", "*/*", 401),
    ]
    .into_iter()
    .enumerate()
    {
        let username = format!("user{number}");
        assert_eq!(status_with(&app, (name, value), &username).await, status, "{name}: {value}");
    }
}

#[tokio::test]
async fn without_a_trusted_proxy_no_header_changes_the_address() {
    for proxies in ["", "192.0.2.1, ::1"] {
        let app = TestApp::with_config(|config| config.trusted_proxies = proxies.parse().unwrap()).await;
        count_for_address(&app, 99, client_address()).await;
        assert_eq!(status_with(&app, ("accept", "*/*"), "user").await, 401);
        for header in [
            ("accept", "*/*"),
            ("x-forwarded-for", "192.0.2.1"),
            ("forwarded", "for=192.0.2.1"),
            ("x-real-ip", "192.0.2.1"),
        ] {
            assert_eq!(status_with(&app, header, "user").await, 429, "{header:?}");
        }
    }
}
