//! Parses the chain of addresses in `X-Forwarded-For` and in `Forwarded` (RFC 7239).
//!
//! The client controls the left end of a header. It can make the address that a proxy appends unreadable, but it cannot
//! change this address: a quoted string that the client does not close makes the rest of the line invalid.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use http::HeaderValue;
use http::header::GetAll;

/// Returns the addresses in `X-Forwarded-For` from left to right. An entry that is not an address is `None`.
pub fn x_forwarded_for(lines: GetAll<HeaderValue>) -> Vec<Option<IpAddr>> {
    let mut hops = Vec::new();
    for line in lines {
        let line = String::from_utf8_lossy(line.as_bytes());
        hops.extend(line.split(',').map(|hop| parse_node(trim(hop))));
    }
    hops
}

/// Returns the `for` addresses in `Forwarded` from left to right. An element without an address is `None`.
pub fn forwarded(lines: GetAll<HeaderValue>) -> Vec<Option<IpAddr>> {
    let mut hops = Vec::new();
    for line in lines {
        let line = String::from_utf8_lossy(line.as_bytes());
        hops.extend(split_unquoted(&line, ',').into_iter().map(parse_element));
    }
    hops
}

/// Returns the address of one `forwarded-element` (RFC 7239, section 4), in which `for` may occur once.
fn parse_element(text: &str) -> Option<IpAddr> {
    let mut address = None;
    for pair in split_unquoted(text, ';') {
        let (name, value) = trim(pair).split_once('=')?;
        let value = unquote(value)?;
        if name.eq_ignore_ascii_case("for") && address.replace(parse_node(&value)?).is_some() {
            return None;
        }
    }
    address
}

/// Splits a text at each separator that is not inside a quoted string.
fn split_unquoted(text: &str, separator: char) -> Vec<&str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let is_separator = |c: char| {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            c => return c == separator && !is_quoted,
        }
        false
    };
    text.split(is_separator).collect()
}

/// Returns the value of a token or of a quoted string (RFC 9110, section 5.6.4), or `None` if it is neither.
///
/// Tokens are not checked further, because some proxies write `:` and brackets without quotes.
fn unquote(text: &str) -> Option<String> {
    let Some(rest) = text.strip_prefix('"') else {
        return (!text.contains('"')).then(|| text.to_owned());
    };
    let (mut value, mut rest) = (String::new(), rest.chars());
    loop {
        match rest.next()? {
            '\\' => value.push(rest.next()?),
            '"' => return rest.next().is_none().then_some(value),
            c => value.push(c),
        }
    }
}

/// Returns the address of a `node` (RFC 7239, section 6), or `None` for `unknown` and obfuscated identifiers
/// (`_hidden`).
///
/// Also accepts an IPv6 address without brackets, which `X-Forwarded-For` may contain.
fn parse_node(text: &str) -> Option<IpAddr> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(address.to_canonical());
    }
    let (address, port): (IpAddr, &str) = match text.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']')?;
            (address.parse::<Ipv6Addr>().ok()?.into(), port)
        }
        None => {
            let colon = text.find(':')?;
            (text[..colon].parse::<Ipv4Addr>().ok()?.into(), &text[colon..])
        }
    };
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
    is_port.then(|| address.to_canonical())
}

/// Returns whether a text is a port or an obfuscated port (`_name`) (RFC 7239, section 6).
fn is_port(text: &str) -> bool {
    match text.strip_prefix('_') {
        Some(name) => {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
        }
        None => text.chars().all(|c| c.is_ascii_digit()) && text.parse::<u16>().is_ok(),
    }
}

/// Removes optional white space (RFC 9110, section 5.6.3).
fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}
