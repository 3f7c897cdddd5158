//! Reverse proxies that the local server trusts to report the client's address.
//!
//! Any client can send `X-Forwarded-For` and `Forwarded`. A proxy appends the address of its peer on the right, so only
//! the right end of the list is trustworthy. The server reads the list from right to left and stops at the first
//! address that does not belong to a trusted proxy.

use std::net::IpAddr;
use std::str::FromStr;

use http::HeaderMap;
use http::header::FORWARDED;
use ipnet::IpNet;

mod forwarding_headers;

/// The de facto standard before RFC 7239.
const X_FORWARDED_FOR: &str = "x-forwarded-for";

/// The addresses of the trusted proxies: `WISHBOARD_TRUSTED_PROXIES`. Empty by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

/// The reason why a list of proxies is invalid.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProxies {
    /// An entry is neither an address nor a range.
    #[error("{0:?} is neither an IP address nor a range like 10.0.0.0/8")]
    NotAnAddress(String),
    /// An entry covers every address, so each client could choose its own address.
    #[error("{0:?} trusts every client")]
    TooWide(String),
}

impl FromStr for TrustedProxies {
    type Err = InvalidProxies;

    /// Parses IPv4 and IPv6 addresses and CIDR ranges with commas between them.
    fn from_str(text: &str) -> Result<Self, InvalidProxies> {
        let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        let proxies = entries.map(|entry| match parse(entry) {
            None => Err(InvalidProxies::NotAnAddress(entry.to_owned())),
            Some(range) if range.prefix_len() == 0 => Err(InvalidProxies::TooWide(entry.to_owned())),
            Some(range) => Ok(range),
        });
        proxies.collect::<Result<_, _>>().map(Self)
    }
}

/// Parses an address or a range. IPv4-mapped IPv6 (`::ffff:10.0.0.0/104`) becomes IPv4.
fn parse(entry: &str) -> Option<IpNet> {
    let Some((address, prefix_len)) = entry.split_once('/') else {
        return entry.parse::<IpAddr>().ok().map(|address| address.to_canonical().into());
    };
    let (address, prefix_len): (IpAddr, u8) = (address.parse().ok()?, prefix_len.parse().ok()?);
    match address.to_canonical() {
        v4 if v4 != address => IpNet::new(v4, prefix_len.checked_sub(96)?).ok(),
        _ => IpNet::new(address, prefix_len).ok(),
    }
}

impl TrustedProxies {
    /// Returns whether no proxy is trusted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the address of the client for a request from this peer. If the peer is not a trusted proxy, this is the
    /// address of the peer.
    ///
    /// If the request has both headers and they disagree, returns the peer. A proxy that writes only one of the headers
    /// forwards the other one as the client has sent it.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        if !self.trusts(peer) {
            return peer;
        }
        let clients = [
            headers
                .contains_key(X_FORWARDED_FOR)
                .then(|| forwarding_headers::x_forwarded_for(headers.get_all(X_FORWARDED_FOR))),
            headers
                .contains_key(FORWARDED)
                .then(|| forwarding_headers::forwarded(headers.get_all(FORWARDED))),
        ]
        .map(|hops| hops.map(|hops| self.client_from_hops(peer, hops)));
        match clients {
            [Some(client), None] | [None, Some(client)] => client,
            [Some(client), Some(other)] if client == other => client,
            _ => peer,
        }
    }

    /// Reads the hops from right to left and returns the first address that is not a trusted proxy. A hop without an
    /// address ends the search; then the address to its right, or that of the peer, is returned.
    fn client_from_hops(&self, peer: IpAddr, hops: Vec<Option<IpAddr>>) -> IpAddr {
        let mut client = peer;
        for hop in hops.into_iter().rev() {
            match hop {
                Some(address) if self.trusts(client) => client = address,
                _ => break,
            }
        }
        client
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|range| range.contains(&address))
    }
}

#[cfg(test)]
mod tests;
