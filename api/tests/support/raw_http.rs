//! HTTP/1.1 over a TCP connection, for requests that no HTTP client sends.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Maximum time for an exchange: 9 seconds. It is shorter than `ConnectionLimits::head_timeout`, after which the server
/// closes an idle connection in any case.
const EXCHANGE_TIMEOUT: Duration = Duration::from_secs(9);

/// Sends these bytes on a new connection and returns all bytes that the server sends before it closes the connection.
/// The server may do so before it has read the whole request.
pub async fn exchange(addr: &str, request: impl AsRef<[u8]>) -> String {
    let mut stream = TcpStream::connect(addr.trim_start_matches("http://")).await.unwrap();
    let (mut reader, mut writer) = stream.split();
    let mut response = Vec::new();
    let exchange =
        async { tokio::join!(writer.write_all(request.as_ref()), reader.read_to_end(&mut response)) };
    let is_closed = timeout(EXCHANGE_TIMEOUT, exchange).await.is_ok();
    let response = String::from_utf8_lossy(&response).into_owned();
    assert!(is_closed, "the server has not closed the connection; it has sent {response:?}");
    response
}

/// Returns the status of a response, if it is one.
pub fn status(response: &str) -> Option<u16> {
    response.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok()
}
