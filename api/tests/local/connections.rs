//! The connections of the local server: clients that send or read slowly must not block others.

use std::time::Duration;

use api::local::server::{self, ConnectionLimits};
use axum::Router;
use axum::routing::get;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::support::local_server::{LocalServer, data_folder};
use crate::support::{TestApp, raw_http, wait_until};

/// Maximum time to wait for the server, on a slow machine under load: 60 seconds.
const SERVER_TIMEOUT: Duration = Duration::from_secs(60);

/// Number of requests that a client sends at once. All responses together are much larger than the buffers of both
/// sides.
const REQUEST_COUNT: usize = 150;
/// Size of a response to [`LARGE_REQUEST`], in bytes.
const LARGE_RESPONSE_BYTES: usize = 64 * 1024;

const LARGE_REQUEST: &str = "GET /large HTTP/1.1\r\nHost: x\r\n\r\n";
const SMALL_REQUEST: &str = "GET /small HTTP/1.1\r\nHost: x\r\n\r\n";

/// Starts a server with one large and one small resource. Returns its address.
async fn start_server(max_connections: usize, write_timeout: Duration) -> String {
    let limits = ConnectionLimits { max_connections, write_timeout, ..ConnectionLimits::default() };
    let listener = server::listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let addr = listener.local_addr().unwrap().to_string();
    let router = Router::new()
        .route("/large", get(|| async { "x".repeat(LARGE_RESPONSE_BYTES) }))
        .route("/small", get(|| async { "small" }));
    let stop = std::future::pending();
    tokio::spawn(server::serve_with_limits(limits, listener, router, Default::default(), stop));
    addr
}

/// Sends all large requests at once and reads no response.
async fn send_requests(addr: &str) -> TcpStream {
    let mut client = TcpStream::connect(addr).await.unwrap();
    // Ignores errors, because the server may have closed the connection already.
    let _ = client.write_all(LARGE_REQUEST.repeat(REQUEST_COUNT).as_bytes()).await;
    client
}

/// Waits until the server has closed the connection. Reads a few bytes at a time, which are far fewer than the server
/// sends.
async fn wait_until_closed(client: &mut TcpStream, bytes_at_a_time: usize) {
    let mut buffer = vec![0; bytes_at_a_time];
    wait_until("the server closes the connection", async || {
        let is_closed = client.write_all(b"x").await.is_err();
        let _ = client.try_read(&mut buffer);
        is_closed
    })
    .await;
}

/// Sends a small request on a new connection and reads the beginning of the response.
async fn get_small(addr: &str) -> String {
    let request = async {
        let mut client = TcpStream::connect(addr).await.unwrap();
        client.write_all(SMALL_REQUEST.as_bytes()).await.unwrap();
        let mut response = vec![0; 4096];
        let length = client.read(&mut response).await.unwrap();
        String::from_utf8_lossy(&response[..length]).into_owned()
    };
    timeout(SERVER_TIMEOUT, request).await.unwrap()
}

#[tokio::test]
async fn a_client_that_reads_nothing_or_byte_by_byte_is_disconnected() {
    let addr = start_server(100, Duration::from_millis(500)).await;
    for bytes_at_a_time in [0, 1] {
        wait_until_closed(&mut send_requests(&addr).await, bytes_at_a_time).await;
    }
}

#[tokio::test]
async fn a_client_that_reads_gets_all_responses() {
    let addr = start_server(100, SERVER_TIMEOUT).await;
    let mut client = TcpStream::connect(&addr).await.unwrap();
    let last = LARGE_REQUEST.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    client.write_all((LARGE_REQUEST.repeat(REQUEST_COUNT - 1) + &last).as_bytes()).await.unwrap();
    let mut responses = Vec::new();
    timeout(SERVER_TIMEOUT, client.read_to_end(&mut responses)).await.unwrap().unwrap();
    assert_eq!(String::from_utf8(responses).unwrap().matches("HTTP/1.1 200 OK").count(), REQUEST_COUNT);
}

#[tokio::test]
async fn a_new_client_is_served_even_if_clients_on_all_connections_read_nothing() {
    let addr = start_server(40, Duration::from_millis(500)).await;
    let mut clients = Vec::new();
    for _ in 0..80 {
        clients.push(send_requests(&addr).await);
    }
    let response = get_small(&addr).await;
    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
}

#[tokio::test]
async fn a_connection_is_closed_after_its_response_only_if_all_slots_are_taken() {
    // The open connection occupies one slot. The server reserves another one for the next connection.
    let response = get_small(&start_server(2, SERVER_TIMEOUT).await).await;
    assert!(response.contains("connection: close"), "{response}");
    let response = get_small(&start_server(3, SERVER_TIMEOUT).await).await;
    assert!(!response.contains("connection: close"), "{response}");
}

/// Connects and sends the beginning of a request: nothing, half of a head, or half of a body.
async fn begin_request(addr: &str, number: usize) -> TcpStream {
    let mut client = TcpStream::connect(addr).await.unwrap();
    let beginning = match number % 3 {
        0 => "",
        1 => "GET /api/messages HTTP/1.1\r\nHost: x\r\n",
        _ => {
            "POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"
        }
    };
    client.write_all(beginning.as_bytes()).await.unwrap();
    client
}

/// The server disconnects a client after 10 seconds without progress.
#[tokio::test]
async fn five_hundred_clients_that_do_not_finish_a_request_do_not_block_others_and_are_disconnected() {
    let folder = data_folder().await;
    let server = LocalServer::start(folder.path());
    let mut slow_clients = Vec::new();
    for number in 0..500 {
        slow_clients.push(begin_request(server.addr(), number).await);
    }
    let requests = async {
        assert_eq!(server.guest().get("/api/health").await.status, 200);
        server.guest().sign_up("ann").await;
    };
    timeout(Duration::from_secs(8), requests).await.expect("the slow clients block the others");
    for mut client in slow_clients {
        let mut response = Vec::new();
        timeout(SERVER_TIMEOUT, client.read_to_end(&mut response)).await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn a_head_of_eight_megabytes_is_refused() {
    let app = TestApp::start().await;
    let request =
        "GET /api/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ".to_owned() + &"x".repeat(8 << 20);
    let response = raw_http::exchange(&app.url, request).await;
    assert!(response.is_empty() || raw_http::status(&response) == Some(431), "{response}");
    assert_eq!(app.guest().get("/api/health").await.status, 200);
}
