//! What listens on this machine.

use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// An error if something listens there already: said before minutes of building.
pub(crate) fn free(address: &str) -> Result<()> {
    match TcpListener::bind(address) {
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            bail!("{address} is taken: end what listens there (another Wishboard?), then try again")
        }
        bound => bound.map(drop).with_context(|| format!("nothing can listen on {address}")),
    }
}

/// A port that is free at this moment.
pub(crate) fn any_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("nothing can listen on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// The status of the answer to a GET; none while nobody answers.
pub(crate) fn status(address: &str, path: &str) -> Option<u16> {
    let address: SocketAddr = address.parse().ok()?;
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(1))).ok()?;
    // At once: who answers the first part and hangs up would not be heard.
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: */*\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).ok()?;
    line.split(' ').nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::thread;

    use super::*;

    #[test]
    fn a_taken_port_is_told_in_one_sentence() {
        let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = taken.local_addr().expect("an address").to_string();
        let error = free(&address).expect_err("it is taken").to_string();
        assert!(error.starts_with(&format!("{address} is taken")) && !error.contains('\n'));
        // Not the same port again: another test may have it by now.
        assert!(free("127.0.0.1:0").is_ok());
    }

    #[test]
    fn a_status_is_read_off_the_first_line() {
        let server = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = server.local_addr().expect("an address").to_string();
        let answering = thread::spawn(move || {
            let (mut stream, _) = server.accept().expect("a caller");
            let read = stream.read(&mut [0; 1024]).expect("a request");
            assert!(read > 0);
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").expect("an answer");
        });
        assert_eq!(status(&address, "/"), Some(204));
        answering.join().expect("no panic");
    }
}
