//! HTTP/1.1 rules of the local server: the Host header, transfer codings, and where a request ends (RFC 9112).

use crate::support::{TestApp, raw_http};

const GET: &str = "GET /api/health HTTP/1.1\r\n";
const POST: &str = "POST /api/logout HTTP/1.1\r\nHost: x\r\n";

async fn exchange(app: &TestApp, request: &str) -> String {
    raw_http::exchange(&app.url, request).await
}

/// Checks that the only response is a problem with this status, and that the server closes the connection after it.
async fn assert_refused(app: &TestApp, request: &str, status: u16, problem: &str) {
    let response = exchange(app, request).await;
    assert_eq!(raw_http::status(&response), Some(status), "{request:?}: {response}");
    assert_eq!(response.matches("HTTP/1.").count(), 1, "{request:?}: {response}");
    for part in ["connection: close", "x-request-id: ", "cache-control: no-store", problem] {
        assert!(response.contains(part), "{part} {request:?}: {response}");
    }
}

#[tokio::test]
async fn a_request_needs_exactly_one_valid_host() {
    let app = TestApp::start().await;
    // Another request follows on the same connection. The server must not answer it.
    let next = format!("\r\n\r\n{GET}Host: x\r\n\r\n");
    for host in [
        "Accept: */*",
        "Host:",
        "Host: ",
        "Host: a b",
        "Host: a/b",
        "Host: user@a",
        "Host: a:b",
        "Host: a:65536",
        "Host: ::1",
        "Host: [::1",
        "Host: http://a",
        "Host: x\r\nHost: x",
        "Host: x\r\nhost: y",
        "Host: x\r\nAccept: */*\r\nHOST:",
        "Host: m\u{fc}nchen.example",
    ] {
        assert_refused(&app, &format!("{GET}{host}{next}"), 400, "/problems/malformed").await;
    }
    assert_refused(&app, &format!("GET http://x/api/health HTTP/1.1{next}"), 400, "/problems/malformed")
        .await;
    assert_refused(
        &app,
        &format!("GET /api/health HTTP/1.0\r\nHost: x\r\nHost: y{next}"),
        400,
        "/problems/malformed",
    )
    .await;
    for host in ["Host: x", "host:x", "Host: [::1]:3000", "HOST: \texample.com:80 "] {
        let response = exchange(&app, &format!("{GET}{host}\r\nConnection: close\r\n\r\n")).await;
        assert!(response.starts_with("HTTP/1.1 200 "), "{host}: {response}");
    }
    let absolute = "GET http://y/api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assert!(exchange(&app, absolute).await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn a_request_with_http_1_0_needs_no_host() {
    let app = TestApp::start().await;
    assert!(exchange(&app, "GET /api/health HTTP/1.0\r\n\r\n").await.starts_with("HTTP/1.0 200 "));
}

#[tokio::test]
async fn transfer_codings_other_than_chunked_are_501() {
    let app = TestApp::start().await;
    let with = |codings: &str| format!("{POST}{codings}\r\n\r\n0\r\n\r\n{GET}Host: x\r\n\r\n");
    for unknown in [
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: GZIP,chunked",
        "Transfer-Encoding: identity, chunked",
        "Transfer-Encoding: gzip;q=0.5, Chunked",
        "Transfer-Encoding: chunked, x, chunked",
        "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: \u{fc}\r\nTransfer-Encoding: chunked",
    ] {
        assert_refused(&app, &with(unknown), 501, "/problems/not-implemented").await;
    }
    for twice in
        ["Transfer-Encoding: chunked, chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: Chunked"]
    {
        assert_refused(&app, &with(twice), 400, "/problems/malformed").await;
    }
    for plain in ["Transfer-Encoding: chunked", "transfer-encoding: , CHUNKED"] {
        let response = exchange(&app, &format!("{POST}{plain}\r\nConnection: close\r\n\r\n0\r\n\r\n")).await;
        assert!(response.starts_with("HTTP/1.1 204 "), "{plain}: {response}");
    }
}

#[tokio::test]
async fn a_request_with_an_ambiguous_length_is_the_last_on_its_connection() {
    let app = TestApp::start().await;
    let smuggled = format!("0\r\n\r\n{GET}Host: x\r\n\r\n");
    for (framing, status) in [
        // hyper applies these rules. It ignores Content-Length if the request has Transfer-Encoding.
        ("Transfer-Encoding: chunked\r\nContent-Length: 100", 204),
        ("Content-Length: 5\r\nTransfer-Encoding: chunked", 204),
        ("Transfer-Encoding: gzip", 400),
        ("Transfer-Encoding: chunked, gzip", 400),
        ("Transfer-Encoding: xchunked", 400),
        ("Transfer-Encoding : chunked", 400),
        ("Content-Length: 5\r\nContent-Length: 0", 400),
        ("Content-Length: +5", 400),
        ("Content-Length: 0x5", 400),
        ("Content-Length:", 400),
    ] {
        let response = exchange(&app, &format!("{POST}{framing}\r\n\r\n{smuggled}")).await;
        assert!(response.starts_with(&format!("HTTP/1.1 {status} ")), "{framing}: {response}");
        assert_eq!(response.matches("HTTP/1.1 ").count(), 1, "{framing}: {response}");
    }
    let old = format!("POST /api/logout HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n{smuggled}");
    assert!(exchange(&app, &old).await.starts_with("HTTP/1.1 400 "));
}
