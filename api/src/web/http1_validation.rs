//! Checks of HTTP/1.1 requests (RFC 9112) that hyper leaves to the application: the `Host` header and the transfer
//! codings. They apply to requests that the local server receives. In AWS, CloudFront and API Gateway make the same
//! checks.
//!
//! hyper itself responds with 400 and closes the connection if `chunked` is not the last transfer coding, if an
//! HTTP/1.0 request has `Transfer-Encoding`, and if `Content-Length` is malformed or has different values. If a request
//! has both headers, hyper ignores `Content-Length` and closes the connection after the response, as section 6.3
//! allows.

use std::net::Ipv6Addr;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{CONNECTION, HOST, TRANSFER_ENCODING};
use http::uri::Authority;
use http::{HeaderMap, HeaderValue, Version};

use crate::web::error::{Error, Result};

/// Request extension that marks a request from a connection of this process. Only such requests are checked.
#[derive(Clone, Copy)]
pub struct FromConnection;

/// Rejects an invalid request and closes its connection, because the start of the next request is uncertain.
pub async fn validate(request: Request, next: Next) -> Response {
    if request.extensions().get::<FromConnection>().is_none() {
        return next.run(request).await;
    }
    match check(request.version(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(error) => {
            let mut response = error.into_response();
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            response
        }
    }
}

fn check(version: Version, headers: &HeaderMap) -> Result<()> {
    check_host(version, headers)?;
    check_transfer_codings(headers)
}

/// Requires exactly one valid `Host` header (RFC 9112, section 3.2). HTTP/1.0 does not require the header.
fn check_host(version: Version, headers: &HeaderMap) -> Result<()> {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if is_host(host) => Ok(()),
        (None, None) if version < Version::HTTP_11 => Ok(()),
        (None, _) => Err(Error::Malformed("A Host header is required.".into())),
        (Some(_), None) => {
            Err(Error::Malformed("The Host header must be a host name, optionally with a port.".into()))
        }
        (Some(_), Some(_)) => Err(Error::Malformed("There must be only one Host header.".into())),
    }
}

/// Returns whether a value is `uri-host [ ":" port ]`. The host must not be empty (RFC 9110, section 4.2.1).
fn is_host(value: &HeaderValue) -> bool {
    let authority = value.to_str().ok().and_then(|text| text.parse::<Authority>().ok());
    authority.is_some_and(|authority| {
        let host = authority.host();
        let port = authority.as_str().strip_prefix(host).map(|rest| rest.strip_prefix(':').unwrap_or(rest));
        let is_name = match host.strip_prefix('[') {
            Some(ip) => ip.strip_suffix(']').is_some_and(|ip| ip.parse::<Ipv6Addr>().is_ok()),
            None => !host.is_empty() && !host.contains(':'),
        };
        is_name && port.is_some_and(|port| port.is_empty() || is_port(port))
    })
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

/// Allows only `chunked`, and only once (RFC 9112, sections 6.1 and 7.1).
fn check_transfer_codings(headers: &HeaderMap) -> Result<()> {
    let lines = headers.get_all(TRANSFER_ENCODING).iter().map(|line| line.to_str().unwrap_or("not ASCII"));
    let codings = lines.flat_map(|line| line.split(',')).map(|coding| coding.trim_matches([' ', '\t']));
    let mut chunked_count = 0;
    for coding in codings.filter(|coding| !coding.is_empty()) {
        if !coding.eq_ignore_ascii_case("chunked") {
            return Err(Error::UnknownTransferCoding);
        }
        chunked_count += 1;
    }
    if chunked_count > 1 {
        Err(Error::Malformed("The transfer coding chunked is applied twice.".into()))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALID_HOSTS: &[&str] = &[
        "x",
        "example.com",
        "EXAMPLE.com:443",
        "a_b-c.~d",
        "127.0.0.1:3000",
        "[::1]",
        "[2001:db8::1]:80",
        "x:",
    ];

    const INVALID_HOSTS: &[&str] = &[
        "",
        ":",
        ":80",
        "a b",
        "a,b c",
        "a/b",
        "a?b",
        "a#b",
        "a\\b",
        "http://a",
        "user@a",
        "user:pass@a",
        "a:80:80",
        "a:b",
        "a:+80",
        "a:-1",
        "a:65536",
        "a:8 0",
        "::1",
        "[::1",
        "::1]",
        "[]",
        "[x]",
        "[127.0.0.1]",
        "[::1]x",
        "[::1]:x",
        "<a>",
        "\"a\"",
        "a\tb",
        "{a}",
        "a^b",
        "a`b",
        "a|b",
    ];

    #[test]
    fn a_host_is_a_name_or_an_address_with_an_optional_port() {
        for host in VALID_HOSTS {
            assert!(is_host(&HeaderValue::from_static(host)), "{host}");
        }
        for host in INVALID_HOSTS {
            assert!(!is_host(&HeaderValue::from_static(host)), "{host}");
        }
        assert!(!is_host(&HeaderValue::from_bytes("münchen.example".as_bytes()).unwrap()));
    }
}
