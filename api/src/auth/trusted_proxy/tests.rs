//! Tests of the address that the server takes from the headers of a trusted proxy.

use http::{HeaderMap, HeaderValue};

use crate::auth::trusted_proxy::*;

const PROXIES: &str = "127.0.0.1, 10.0.0.0/8,2001:db8:ff::/48";

/// Returns the client's address for a request from a trusted proxy with these headers.
fn client(headers: &[(&'static str, &[u8])]) -> String {
    client_of("127.0.0.1", headers)
}

fn client_of(peer: &str, headers: &[(&'static str, &[u8])]) -> String {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(*name, HeaderValue::from_bytes(value).unwrap());
    }
    let proxies: TrustedProxies = PROXIES.parse().unwrap();
    proxies.client(peer.parse().unwrap(), &map).to_string()
}

#[test]
fn headers_of_untrusted_peers_are_ignored() {
    let headers: [(&str, &[u8]); 2] = [("x-forwarded-for", b"192.0.2.1"), ("forwarded", b"for=192.0.2.1")];
    for header in headers {
        for trusted in ["127.0.0.1", "::ffff:127.0.0.1", "10.9.8.7", "2001:db8:ff::1"] {
            assert_eq!(client_of(trusted, &[header]), "192.0.2.1", "{trusted}");
        }
        for other in ["127.0.0.2", "11.0.0.1", "::1", "2001:db8:fe::1", "198.51.100.1"] {
            assert_eq!(client_of(other, &[header]), other);
        }
    }
    assert_eq!(client(&[]), "127.0.0.1");
    let none = TrustedProxies::default();
    let headers = HeaderMap::from_iter([(FORWARDED, HeaderValue::from_static("for=192.0.2.1"))]);
    assert_eq!(none.client("127.0.0.1".parse().unwrap(), &headers).to_string(), "127.0.0.1");
}

#[test]
fn x_forwarded_for_is_read_from_right_to_left() {
    for (value, expected) in [
        ("192.0.2.1", "192.0.2.1"),
        ("203.0.113.9, 192.0.2.1", "192.0.2.1"),
        ("203.0.113.9,192.0.2.1,10.0.0.1 ,\t10.1.1.1", "192.0.2.1"),
        ("10.0.0.2, 10.0.0.1", "10.0.0.2"),
        ("127.0.0.1, 192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("203.0.113.9, ::ffff:192.0.2.1, ::ffff:10.0.0.1", "192.0.2.1"),
        ("192.0.2.1, 2001:db8:ff::7", "192.0.2.1"),
    ] {
        assert_eq!(client(&[("x-forwarded-for", value.as_bytes())]), expected, "{value}");
    }
}

#[test]
fn invalid_entries_end_the_search_at_the_last_trusted_address() {
    let values: [&[u8]; 22] = [
        b"",
        b",",
        b"192.0.2.1,",
        b"192.0.2.1, ,",
        b"unknown",
        b"_hidden",
        b"localhost",
        b"192.0.2.1, x",
        b"192.0.2",
        b"192.0.2.01",
        b"0xc0.0.2.1",
        b"192.0.2.1:",
        b"192.0.2.1:65536",
        b"192.0.2.1:+1",
        b"192.0.2.1 10.0.0.1",
        b"\"192.0.2.1\"",
        b"[192.0.2.1]",
        b"[::1",
        b"[fe80::1%eth0]",
        b"192.0.2.1/32",
        b"192.0.2.1\xff",
        b"\xc2\xa0192.0.2.1",
    ];
    for value in values {
        assert_eq!(client(&[("x-forwarded-for", value)]), "127.0.0.1", "{}", value.escape_ascii());
        let behind = [value, b", 10.0.0.1"].concat();
        assert_eq!(client(&[("x-forwarded-for", &behind)]), "10.0.0.1", "{}", value.escape_ascii());
        let before = [value, b", 192.0.2.7, 10.0.0.1"].concat();
        assert_eq!(client(&[("x-forwarded-for", &before)]), "192.0.2.7", "{}", value.escape_ascii());
    }
}

#[test]
fn header_lines_are_joined_into_one_list() {
    let lines = ["203.0.113.9", "192.0.2.1", "10.0.0.1, 10.0.0.2", "10.0.0.3"];
    let lines: Vec<(&str, &[u8])> = lines.iter().map(|line| ("x-forwarded-for", line.as_bytes())).collect();
    assert_eq!(client(&lines), "192.0.2.1");
    let lines: [(&str, &[u8]); 3] = [
        ("forwarded", b"for=203.0.113.9;by=\""),
        ("forwarded", b"for=192.0.2.1"),
        ("forwarded", b"for=10.0.0.1"),
    ];
    assert_eq!(client(&lines), "192.0.2.1");
}

#[test]
fn forwarded_is_parsed_as_rfc_7239_requires() {
    for (value, expected) in [
        ("for=192.0.2.1", "192.0.2.1"),
        ("For=\"192.0.2.1\"", "192.0.2.1"),
        ("for=\"192.0.2.1:47011\"", "192.0.2.1"),
        ("for=\"192.0.2.1:_port-1\"", "192.0.2.1"),
        ("for=\"[2001:db8::1]\"", "2001:db8::1"),
        ("for=\"[2001:DB8::1]:4711\"", "2001:db8::1"),
        ("for=\"[::ffff:192.0.2.1]:4711\"", "192.0.2.1"),
        ("for=\"\\1\\92.0.2.1\"", "192.0.2.1"),
        ("for=192.0.2.1;proto=http;by=203.0.113.43", "192.0.2.1"),
        ("proto=https; FOR=192.0.2.1 ; host=\"a,b;for=10.0.0.9\"", "192.0.2.1"),
        ("for=203.0.113.9, for=192.0.2.1, for=10.0.0.1", "192.0.2.1"),
        ("for=\"203.0.113.9, for=x\", for=192.0.2.1,for=10.0.0.1;by=\"\\\"\"", "192.0.2.1"),
        // A quote inside a quoted string has a backslash and does not end it. Outside, a backslash has no meaning.
        ("for=203.0.113.9, by=\"a\\\"\";for=192.0.2.1, for=10.0.0.1", "192.0.2.1"),
        ("for=203.0.113.9;by=\\, for=192.0.2.1", "192.0.2.1"),
        (",for=192.0.2.1", "192.0.2.1"),
        ("for=203.0.113.9, by=_a, for=10.0.0.1", "10.0.0.1"),
        ("for=203.0.113.9, for=unknown, for=10.0.0.1", "10.0.0.1"),
        ("for=203.0.113.9, for=\"_gazonk\", for=10.0.0.1", "10.0.0.1"),
    ] {
        assert_eq!(client(&[("forwarded", value.as_bytes())]), expected, "{value}");
    }
}

#[test]
fn a_malformed_element_has_no_address() {
    for value in [
        "",
        "192.0.2.1",
        "for",
        "for=",
        "for=\"\"",
        "for =192.0.2.1",
        "for= 192.0.2.1",
        "for=192.0.2.1;for=192.0.2.2",
        "for=192.0.2.1;For=192.0.2.1",
        "for=192.0.2.1;;by=x",
        "for=\"192.0.2.1",
        "for=192.0.2.1\"",
        "for=\"192.0.2.1\"x",
        "for=\"192.0.2.1\\",
        "for=192.0.2.1;by=\"",
        "for=192.0.2.1;by=a\"b\"",
        "for=unknown",
        "for=_192.0.2.1",
        "for=\"[192.0.2.1]\"",
        "for=\"[2001:db8::1]4711\"",
        "for=\"192.0.2.1:_\"",
        "for=\"192.0.2.1:_a b\"",
        "for=\u{a0}192.0.2.1",
        "x-for=192.0.2.1",
    ] {
        assert_eq!(client(&[("forwarded", value.as_bytes())]), "127.0.0.1", "{value}");
    }
}

#[test]
fn quotes_of_the_client_cannot_change_the_appended_address() {
    for spoofed in ["for=\"", "for=203.0.113.9;by=\"", "for=203.0.113.9, for=\"x\\", "\"", "for=\"a\", \""] {
        for appended in ["for=192.0.2.1", "for=\"[2001:db8::7]\"", "for=\"192.0.2.1:80\";by=\"_a\""] {
            let value = format!("{spoofed}, {appended}");
            let found = client(&[("forwarded", value.as_bytes())]);
            assert!(["127.0.0.1", "192.0.2.1", "2001:db8::7"].contains(&found.as_str()), "{value}: {found}");
        }
    }
}

#[test]
fn two_headers_must_agree() {
    let both = |old: &'static str, new: &'static str| {
        client(&[("x-forwarded-for", old.as_bytes()), ("forwarded", new.as_bytes())])
    };
    assert_eq!(both("192.0.2.1, 10.0.0.1", "for=203.0.113.9, for=192.0.2.1"), "192.0.2.1");
    assert_eq!(both("192.0.2.1", "for=203.0.113.9"), "127.0.0.1");
    assert_eq!(both("203.0.113.9", "for=192.0.2.1"), "127.0.0.1");
    assert_eq!(both("192.0.2.1", ""), "127.0.0.1");
    assert_eq!(both("", "for=192.0.2.1"), "127.0.0.1");
}

#[test]
fn other_headers_are_ignored() {
    for name in
        ["x-real-ip", "client-ip", "true-client-ip", "x-client-ip", "cf-connecting-ip", "x-wishboard-viewer"]
    {
        assert_eq!(client(&[(name, b"192.0.2.1")]), "127.0.0.1", "{name}");
    }
}

#[test]
fn a_list_of_proxies_contains_addresses_and_ranges() {
    for list in
        ["", " , ", "127.0.0.1", "::1", "10.0.0.0/8,::1 , fd00::/8", "10.1.2.3/32", "::ffff:10.0.0.0/104"]
    {
        assert!(list.parse::<TrustedProxies>().is_ok(), "{list}");
    }
    let mapped: TrustedProxies = "::ffff:10.0.0.0/104, ::ffff:192.0.2.1".parse().unwrap();
    assert_eq!(mapped, "10.0.0.0/8, 192.0.2.1".parse().unwrap());
    assert_eq!(
        "10.0.0.1/8"
            .parse::<TrustedProxies>()
            .unwrap()
            .client("10.9.9.9".parse().unwrap(), &HeaderMap::new())
            .to_string(),
        "10.9.9.9"
    );
    for wrong in [
        "localhost",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/",
        "10.0.0.0/x",
        "/8",
        "10.0.0",
        "010.0.0.0/8",
        "10.0.0.1:80",
        "[::1]",
        "10.0.0.0/255.0.0.0",
        "10.0.0.1-10.0.0.9",
        "*",
        "fe80::1%lo",
        "::ffff:10.0.0.0/8",
        "127.0.0.1 ::1",
    ] {
        let list = format!("127.0.0.1,{wrong}");
        let error = InvalidProxies::NotAnAddress(wrong.to_owned());
        assert_eq!(list.parse::<TrustedProxies>(), Err(error), "{wrong}");
    }
    for wide in ["0.0.0.0/0", "::/0", "10.0.0.0/0", "::ffff:0.0.0.0/96"] {
        assert_eq!(wide.parse::<TrustedProxies>(), Err(InvalidProxies::TooWide(wide.to_owned())));
    }
}
