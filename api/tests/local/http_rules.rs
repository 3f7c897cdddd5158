//! The local server's HTTP/1.1, byte by byte: the Host header, transfer codings, and where a request ends.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::TestApp;

const GET: &str = "GET /api/health HTTP/1.1\r\n";
const POST: &str = "POST /api/logout HTTP/1.1\r\nHost: x\r\n";

/// Sends these bytes on a connection of their own, and reads until the server closes it.
async fn exchange(app: &TestApp, request: &str) -> String {
    let mut stream = TcpStream::connect(app.url.trim_start_matches("http://")).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = Vec::new();
    let closed = timeout(Duration::from_secs(5), stream.read_to_end(&mut response)).await;
    let response = String::from_utf8_lossy(&response).into_owned();
    closed.unwrap_or_else(|_| panic!("not closed after {request:?}: {response}")).unwrap();
    response
}

/// Checks that the only response is a problem of that status, and that the connection is closed after it.
async fn is_refused(app: &TestApp, request: &str, status: u16, problem: &str) {
    let response = exchange(app, request).await;
    assert_eq!(response.split(' ').nth(1), Some(status.to_string().as_str()), "{request:?}: {response}");
    assert_eq!(response.matches("HTTP/1.").count(), 1, "{request:?}: {response}");
    for part in ["connection: close", "x-request-id: ", "cache-control: no-store", problem] {
        assert!(response.contains(part), "{part} {request:?}: {response}");
    }
}

#[tokio::test]
async fn a_request_has_one_valid_host() {
    let app = TestApp::start().await;
    // Another request follows each of them: nothing after a refused request is answered.
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
        is_refused(&app, &format!("{GET}{host}{next}"), 400, "/problems/malformed").await;
    }
    is_refused(&app, &format!("GET http://x/api/health HTTP/1.1{next}"), 400, "/problems/malformed").await;
    is_refused(
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
async fn http_1_0_needs_no_host() {
    let app = TestApp::start().await;
    assert!(exchange(&app, "GET /api/health HTTP/1.0\r\n\r\n").await.starts_with("HTTP/1.0 200 "));
}

#[tokio::test]
async fn the_only_transfer_coding_is_chunked() {
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
        is_refused(&app, &with(unknown), 501, "/problems/not-implemented").await;
    }
    for twice in
        ["Transfer-Encoding: chunked, chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: Chunked"]
    {
        is_refused(&app, &with(twice), 400, "/problems/malformed").await;
    }
    for plain in ["Transfer-Encoding: chunked", "transfer-encoding: , CHUNKED"] {
        let response = exchange(&app, &format!("{POST}{plain}\r\nConnection: close\r\n\r\n0\r\n\r\n")).await;
        assert!(response.starts_with("HTTP/1.1 204 "), "{plain}: {response}");
    }
}

#[tokio::test]
async fn a_request_whose_end_is_not_certain_is_the_last_of_its_connection() {
    let app = TestApp::start().await;
    let smuggled = format!("0\r\n\r\n{GET}Host: x\r\n\r\n");
    for (framing, status) in [
        // hyper's own rules. With both headers, Content-Length does not count.
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
