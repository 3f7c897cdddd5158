//! Development and production mode.

use std::net::SocketAddr;

use crate::auth::trusted_proxy::TrustedProxies;

/// The mode of a process. It depends on the configuration only, not on the client's address or the Host header of a
/// request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Cookies are `Secure` and their names begin with `__Host-`. Lambda functions always run in this mode.
    #[default]
    Production,
    /// Cookies work over http. WebKit does not store `Secure` cookies over http, not even on `localhost`.
    Development,
}

impl Mode {
    /// Returns `Development` if the server listens on a loopback address, no trusted proxy is configured, and every
    /// origin is an http origin on this machine.
    pub(super) fn of(addr: SocketAddr, origins: &[String], proxies: &TrustedProxies) -> Self {
        let is_development = addr.ip().to_canonical().is_loopback()
            && proxies.is_empty()
            && origins.iter().all(|origin| is_local_origin(origin));
        if is_development { Self::Development } else { Self::Production }
    }
}

/// Returns whether an origin is `http://localhost`, `http://127.0.0.1` or `http://[::1]`, on any port.
fn is_local_origin(origin: &str) -> bool {
    origin.parse::<http::Uri>().is_ok_and(|uri| {
        uri.scheme_str() == Some("http") && matches!(uri.host(), Some("localhost" | "127.0.0.1" | "[::1]"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(addr: &str, origins: &[&str]) -> Mode {
        let origins: Vec<String> = origins.iter().map(|origin| (*origin).to_owned()).collect();
        Mode::of(addr.parse().unwrap(), &origins, &TrustedProxies::default())
    }

    #[test]
    fn loopback_with_local_origins_means_development() {
        for addr in ["127.0.0.1:3000", "127.0.0.2:0", "[::1]:3000", "[::ffff:127.0.0.1]:3000"] {
            let origins =
                ["http://localhost", "http://localhost:8080", "http://127.0.0.1:1", "http://[::1]:65535"];
            assert_eq!(mode(addr, &origins), Mode::Development, "{addr}");
        }
    }

    #[test]
    fn any_other_origin_means_production() {
        for origin in [
            "https://localhost:3000",
            "https://127.0.0.1",
            "http://127.0.0.2",
            "http://localhost.example",
            "http://127.0.0.1.example:3000",
            "http://wishboard.example",
            "https://wishboard.example",
            "http://[::2]",
            "http://[::ffff:127.0.0.1]",
            "http://app.localhost",
        ] {
            assert_eq!(
                mode("127.0.0.1:3000", &["http://localhost:3000", origin]),
                Mode::Production,
                "{origin}"
            );
        }
    }

    #[test]
    fn a_trusted_proxy_means_production() {
        let (addr, origins) = ("127.0.0.1:3000".parse().unwrap(), ["http://localhost:3000".to_owned()]);
        assert_eq!(Mode::of(addr, &origins, &"127.0.0.1".parse().unwrap()), Mode::Production);
    }

    #[test]
    fn any_other_address_means_production() {
        for addr in ["0.0.0.0:3000", "[::]:3000", "192.0.2.1:3000", "10.0.0.1:80", "[2001:db8::1]:3000"] {
            assert_eq!(mode(addr, &["http://localhost:3000"]), Mode::Production, "{addr}");
        }
    }
}
