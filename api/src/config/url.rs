//! Checks of URLs and origins in the configuration.

use std::net::IpAddr;

use http::Uri;

/// Returns whether a text is an http or https URL without a query and without a trailing slash.
pub(super) fn is_base_url(text: &str) -> bool {
    text.parse::<Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.authority().is_some()
            && uri.query().is_none()
            && !text.ends_with('/')
    })
}

/// Returns whether a text is an http or https origin in the form that browsers send in `Origin` (RFC 6454, section
/// 6.2).
pub(super) fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    is_base_url(text) && !host.contains(['/', '@', '*']) && !host.contains(char::is_uppercase)
}

/// Returns whether a connection to a URL is safe from manipulation on the network: https to any host, or http to a
/// loopback address. Rejects URLs with a user name or password.
pub fn is_https_or_loopback(uri: &Uri) -> bool {
    let is_loopback = |host: &str| {
        let host = host.trim_matches(['[', ']']);
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    };
    let has_user_info = uri.authority().is_some_and(|authority| authority.as_str().contains('@'));
    match uri.scheme_str() {
        _ if has_user_info => false,
        Some("https") => uri.authority().is_some(),
        Some("http") => uri.host().is_some_and(is_loopback),
        _ => false,
    }
}
