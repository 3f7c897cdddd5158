//! TCP ports of this machine.

use std::io::ErrorKind;
use std::net::TcpListener;

use anyhow::{Context, Result, bail};

/// Checks that no process listens on an address. Commands call this before they spend minutes on a build.
///
/// # Errors
/// If the address is in use, or listening on it fails.
pub(crate) fn expect_free(address: &str) -> Result<()> {
    match TcpListener::bind(address) {
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            bail!(
                "{address} is in use: stop the program that listens there (another Wishboard?), then try again"
            )
        }
        bound => bound.map(drop).with_context(|| format!("cannot listen on {address}")),
    }
}

/// Returns a port of 127.0.0.1 that is free at this moment.
pub(crate) fn find_free() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").context("cannot listen on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_reported_in_one_line() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let error = expect_free(&address).expect_err("it is in use").to_string();
        assert!(error.starts_with(&format!("{address} is in use")) && !error.contains('\n'));
        // Port 0, not the same port again: a parallel test may be using that one now.
        assert!(expect_free("127.0.0.1:0").is_ok());
    }
}
