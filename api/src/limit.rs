//! Rate limits, kept in the table: the same for every process and after every restart.
//!
//! A limit counts in fixed windows that begin at the same moment for everybody. Each try is
//! counted before it is made, in one conditional write, so that no number of tries at once gets
//! past; what was no failure is taken back. When the window ends, so does the lock: nobody is
//! locked out for good.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::SignedDuration;

use crate::AppState;
use crate::error::{Error, Result};

/// So many in a window of so long.
struct Limit {
    what: &'static str,
    most: u32,
    window: SignedDuration,
}

/// Wrong passwords for one username, whether or not there is such a user.
const LOGINS_OF_ACCOUNT: Limit =
    Limit { what: "login-account", most: 10, window: SignedDuration::from_mins(15) };

/// Wrong passwords from one address, where many people may be behind one.
const LOGINS_OF_ADDRESS: Limit =
    Limit { what: "login-address", most: 100, window: SignedDuration::from_mins(15) };

/// Accounts made from one address.
const SIGNUPS_OF_ADDRESS: Limit =
    Limit { what: "signup-address", most: 200, window: SignedDuration::from_hours(1) };

/// A try that is counted as failed until it is [taken back](Try::take_back).
#[must_use]
pub struct Try<'a> {
    state: &'a AppState,
    counters: Vec<String>,
}

/// Counts a try to log in.
///
/// # Errors
/// `TooManyTries`, with the seconds to wait.
pub async fn log_in<'a>(state: &'a AppState, username: &str, address: Address) -> Result<Try<'a>> {
    let username = username.trim().to_ascii_lowercase();
    begin(state, [(&LOGINS_OF_ACCOUNT, username), (&LOGINS_OF_ADDRESS, address.0.to_string())]).await
}

/// Counts a try to sign up. Taken back when it made no account.
///
/// # Errors
/// `TooManyTries`, with the seconds to wait.
pub async fn sign_up(state: &AppState, address: Address) -> Result<Try<'_>> {
    begin(state, [(&SIGNUPS_OF_ADDRESS, address.0.to_string())]).await
}

async fn begin<'a, const N: usize>(state: &'a AppState, limits: [(&Limit, String); N]) -> Result<Try<'a>> {
    let now = state.clock.now().as_second();
    let mut begun = Try { state, counters: Vec::new() };
    for (Limit { what, most, window }, who) in limits {
        let ends = (now / window.as_secs() + 1) * window.as_secs();
        let who = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, format!("{ends} {who}").as_bytes()));
        let counter = format!("{what}#{who}");
        if !state.store.count_up(&counter, *most, ends).await? {
            begun.take_back().await?;
            return Err(Error::TooManyTries { seconds: ends - now });
        }
        begun.counters.push(counter);
    }
    Ok(begun)
}

impl Try<'_> {
    /// It does not count.
    ///
    /// # Errors
    /// When the database doesn't answer.
    pub async fn take_back(self) -> Result<()> {
        for counter in &self.counters {
            self.state.store.count_down(counter).await?;
        }
        Ok(())
    }
}

/// Whose address a request comes from, as limits see it: an IPv6 customer has a /64 at least, so
/// that counts as one. What the client says about itself (X-Forwarded-For) is never read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address(IpAddr);

impl FromRequestParts<AppState> for Address {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        peer.map(|ConnectInfo(peer)| Self::of(peer.ip()))
            .ok_or_else(|| Error::Internal("a door names no peer".into()))
    }
}

impl Address {
    fn of(ip: IpAddr) -> Self {
        Self(match ip.to_canonical() {
            IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
            v4 => v4,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_customer_is_one_address_and_a_mapped_ipv4_its_own() {
        let of = |text: &str| Address::of(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
