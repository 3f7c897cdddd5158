//! A way to the emulated AWS by which requests count as made over TLS, as all are to Amazon's: the site's bucket
//! refuses others. It can also let everybody's credentials expire.

use std::io::{BufRead, BufReader, Write, copy};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

const EXPIRED: &str =
    "<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>";

/// Runs until the tests end.
pub struct Relay {
    pub url: String,
    pub has_expired: Arc<AtomicBool>,
}

impl Relay {
    /// To this address.
    pub fn to(address: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let has_expired = Arc::new(AtomicBool::new(false));
        let (address, expired) = (address.to_owned(), Arc::clone(&has_expired));
        thread::spawn(move || {
            for client in listener.incoming() {
                let (address, expired) = (address.clone(), Arc::clone(&expired));
                // A client that leaves in the middle is no failure.
                thread::spawn(move || relay(client.ok()?, &address, expired.load(Ordering::SeqCst)).ok());
            }
        });
        Self { url, has_expired }
    }
}

/// One request and its answer.
fn relay(client: TcpStream, address: &str, has_expired: bool) -> std::io::Result<()> {
    let mut from = BufReader::new(client.try_clone()?);
    let mut head = String::new();
    while from.read_line(&mut head)? > 2 {}
    if has_expired {
        let length = EXPIRED.len();
        // The answer to a HEAD has no body.
        let body = if head.starts_with("HEAD ") { "" } else { EXPIRED };
        write!(
            &client,
            "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
        return client.shutdown(Shutdown::Write);
    }
    let ours = ["connection:", "x-forwarded-proto:"];
    let is_ours = |line: &str| ours.iter().any(|name| line.to_ascii_lowercase().starts_with(name));
    let kept = head.trim_end().lines().filter(|line| !is_ours(line));
    let kept: String = kept.map(|line| format!("{line}\r\n")).collect();
    let mut server = TcpStream::connect(address)?;
    write!(server, "{kept}Connection: close\r\nX-Forwarded-Proto: https\r\n\r\n")?;
    let mut to = server.try_clone()?;
    thread::spawn(move || copy(&mut from, &mut to).ok());
    copy(&mut server, &mut &client)?;
    client.shutdown(Shutdown::Both)
}
