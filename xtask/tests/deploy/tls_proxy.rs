//! A proxy to the emulator. It marks each request as sent over TLS, because the policy of the site's bucket rejects
//! other requests. (All requests to the real AWS use TLS.) It can also answer each request as if its credentials had
//! expired.

use std::io::{BufRead, BufReader, Write, copy};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

const EXPIRED_TOKEN: &str =
    "<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>";

/// A running proxy. It ends with the test process.
pub struct TlsProxy {
    pub url: String,
    /// While true, every request is answered as if its credentials had expired.
    pub credentials_are_expired: Arc<AtomicBool>,
}

impl TlsProxy {
    /// Starts a proxy to this address.
    pub fn start(address: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let expired = Arc::new(AtomicBool::new(false));
        let (address, is_expired) = (address.to_owned(), Arc::clone(&expired));
        thread::spawn(move || {
            for client in listener.incoming() {
                let (address, is_expired) = (address.clone(), Arc::clone(&is_expired));
                // A client may close its connection early.
                thread::spawn(move || {
                    forward(client.ok()?, &address, is_expired.load(Ordering::SeqCst)).ok()
                });
            }
        });
        Self { url, credentials_are_expired: expired }
    }
}

/// Forwards one request and its response.
fn forward(client: TcpStream, address: &str, is_expired: bool) -> std::io::Result<()> {
    let mut from_client = BufReader::new(client.try_clone()?);
    let mut head = String::new();
    while from_client.read_line(&mut head)? > 2 {}
    if is_expired {
        let length = EXPIRED_TOKEN.len();
        // The response to a HEAD request has no body.
        let body = if head.starts_with("HEAD ") { "" } else { EXPIRED_TOKEN };
        write!(
            &client,
            "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
        return client.shutdown(Shutdown::Write);
    }
    let replaced = ["connection:", "x-forwarded-proto:"];
    let is_replaced = |line: &str| replaced.iter().any(|name| line.to_ascii_lowercase().starts_with(name));
    let kept = head.trim_end().lines().filter(|line| !is_replaced(line));
    let kept: String = kept.map(|line| format!("{line}\r\n")).collect();
    let mut server = TcpStream::connect(address)?;
    write!(server, "{kept}Connection: close\r\nX-Forwarded-Proto: https\r\n\r\n")?;
    let mut to_server = server.try_clone()?;
    thread::spawn(move || copy(&mut from_client, &mut to_server).ok());
    copy(&mut server, &mut &client)?;
    client.shutdown(Shutdown::Both)
}
