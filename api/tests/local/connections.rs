//! Clients that would block the local server by the way they use their connections.

use std::time::Duration;

use api::local::server;
use api::local::server::ConnectionLimits;
use api::routes;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::support::TestApp;

const DEADLINE: Duration = Duration::from_secs(60);

const REQUEST: &str = "GET /api/messages HTTP/1.1\r\nHost: x\r\n\r\n";

/// A server with few connections, whose list of messages has 40 KB.
async fn server(max_connections: usize, write_timeout: Duration) -> (TestApp, String) {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for number in 0..20 {
        let body = format!("{number} {}", "x".repeat(1_990));
        assert_eq!(ann.post("/api/messages", json!({"body": body})).await.status, 201);
    }
    let limits = ConnectionLimits { max_connections, write_timeout, ..ConnectionLimits::default() };
    let listener = server::listen("127.0.0.1:0".parse().unwrap()).unwrap();
    let addr = listener.local_addr().unwrap().to_string();
    let router = routes::router(app.state.clone());
    tokio::spawn(server::serve_with_limits(
        limits,
        listener,
        router,
        Default::default(),
        std::future::pending(),
    ));
    (app, addr)
}

/// Sends 150 requests in one piece: the responses are far more than the buffers of both sides hold.
async fn pipeline(addr: &str) -> TcpStream {
    let mut client = TcpStream::connect(addr).await.unwrap();
    // The server may have closed the connection by now.
    let _ = client.write_all(REQUEST.repeat(150).as_bytes()).await;
    client
}

/// Waits until the server has closed the connection, without reading all that it has sent before.
async fn closed(client: &mut TcpStream, read: usize) {
    let mut some = vec![0; read];
    while client.write_all(b"x").await.is_ok() {
        let _ = client.try_read(&mut some);
        sleep(Duration::from_millis(10)).await;
    }
}

async fn get(addr: &str, path: &str) -> String {
    let mut client = TcpStream::connect(addr).await.unwrap();
    client.write_all(format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).await.unwrap();
    let mut response = vec![0; 4096];
    let length = client.read(&mut response).await.unwrap();
    String::from_utf8_lossy(&response[..length]).into_owned()
}

#[tokio::test]
async fn a_client_that_reads_nothing_or_byte_by_byte_is_disconnected() {
    let (_app, addr) = server(100, Duration::from_millis(500)).await;
    for read in [0, 1] {
        let mut client = pipeline(&addr).await;
        timeout(DEADLINE, closed(&mut client, read)).await.unwrap();
    }
}

#[tokio::test]
async fn a_client_that_reads_gets_all_responses_it_pipelined() {
    let (_app, addr) = server(100, DEADLINE).await;
    let mut client = TcpStream::connect(&addr).await.unwrap();
    let last = REQUEST.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    client.write_all((REQUEST.repeat(149) + &last).as_bytes()).await.unwrap();
    let mut responses = Vec::new();
    timeout(DEADLINE, client.read_to_end(&mut responses)).await.unwrap().unwrap();
    assert_eq!(String::from_utf8(responses).unwrap().matches("HTTP/1.1 200 OK").count(), 150);
}

#[tokio::test]
async fn others_are_served_while_clients_on_all_connections_read_nothing() {
    let (_app, addr) = server(40, Duration::from_millis(500)).await;
    let mut clients = Vec::new();
    for _ in 0..80 {
        clients.push(pipeline(&addr).await);
    }
    let response = timeout(DEADLINE, get(&addr, "/api/health")).await.unwrap();
    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
}

#[tokio::test]
async fn a_connection_ends_after_its_response_only_while_all_are_taken() {
    let (_app, addr) = server(2, DEADLINE).await;
    // One connection is open, and the next one is being waited for.
    let response = timeout(DEADLINE, get(&addr, "/api/health")).await.unwrap();
    assert!(response.contains("connection: close"), "{response}");
    let (_app, addr) = server(3, DEADLINE).await;
    let response = timeout(DEADLINE, get(&addr, "/api/health")).await.unwrap();
    assert!(!response.contains("connection: close"), "{response}");
}
