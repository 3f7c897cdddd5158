//! Reads cookies strictly from a request and writes them for a response.
//!
//! Browsers accept a cookie whose name begins with `__Host-` only from this host, with `Secure` and `Path=/` (RFC
//! 6265bis, section 4.1.3.2). Another subdomain cannot set it, but it can set a cookie with a similar name. Therefore
//! this parser compares names byte by byte, and trims only SP and HTAB.

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};
use jiff::SignedDuration;

use crate::config::Mode;

/// A cookie that the server sets: `HttpOnly`, `SameSite=Lax`, `Path=/`, and `Secure` in production mode.
pub struct Cookie {
    /// The name in production mode. It begins with `__Host-`.
    pub name: &'static str,
    /// The name in development mode. It has no prefix, because WebKit does not store `Secure` cookies over http.
    pub development_name: &'static str,
    /// How long the browser keeps the cookie. Browsers limit this to 400 days.
    pub max_age: SignedDuration,
}

impl Cookie {
    /// Returns the value of this cookie in a request, or `None` if the request has none or more than one.
    ///
    /// If a request has two cookies of the same name, the server cannot know which one it has set, even if both have
    /// the same value. The name of the other mode is ignored.
    pub fn read<'a>(&self, headers: &'a HeaderMap, mode: Mode) -> Option<&'a [u8]> {
        let name = self.name_in(mode).as_bytes();
        let pairs = headers.get_all(COOKIE).iter().flat_map(|header| pairs(header.as_bytes()));
        let mut values = pairs.filter_map(|(found, value)| (found == name).then_some(value));
        let value = values.next()?;
        values.next().is_none().then_some(value)
    }

    /// Returns the `Set-Cookie` header that stores a value, which must be base64url.
    pub fn set(&self, value: &str, mode: Mode) -> HeaderValue {
        self.header(value, self.max_age, mode)
    }

    /// Returns the `Set-Cookie` header that makes the browser delete the cookie.
    pub fn delete(&self, mode: Mode) -> HeaderValue {
        self.header("", SignedDuration::ZERO, mode)
    }

    fn name_in(&self, mode: Mode) -> &'static str {
        match mode {
            Mode::Production => self.name,
            Mode::Development => self.development_name,
        }
    }

    fn header(&self, value: &str, max_age: SignedDuration, mode: Mode) -> HeaderValue {
        let (name, seconds) = (self.name_in(mode), max_age.as_secs());
        let secure = match mode {
            Mode::Production => "; Secure",
            Mode::Development => "",
        };
        let cookie = format!("{name}={value}; HttpOnly; SameSite=Lax{secure}; Path=/; Max-Age={seconds}");
        HeaderValue::try_from(cookie).unwrap_or_else(|_| unreachable!("base64url is valid in a header"))
    }
}

/// Returns the names and values in a `Cookie` header. A part without `=` is a value without a name.
fn pairs(header: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    header.split(|byte| *byte == b';').map(|part| match part.iter().position(|byte| *byte == b'=') {
        Some(equals) => (trim(&part[..equals]), trim(&part[equals + 1..])),
        None => (&[][..], trim(part)),
    })
}

/// Removes SP and HTAB at both ends (RFC 6265bis, section 5.6).
fn trim(text: &[u8]) -> &[u8] {
    let is_text = |byte: &u8| !matches!(byte, b' ' | b'\t');
    let Some(start) = text.iter().position(is_text) else { return &[] };
    let end = text.iter().rposition(is_text).map_or(start, |last| last + 1);
    &text[start..end]
}

#[cfg(test)]
mod tests {
    use http::header::{COOKIE, HeaderMap, HeaderValue};

    use super::*;

    const SESSION: Cookie = Cookie {
        name: "__Host-session",
        development_name: "wishboard-session",
        max_age: SignedDuration::from_hours(24),
    };

    fn read(cookies: &[&[u8]], mode: Mode) -> Option<Vec<u8>> {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(COOKIE, HeaderValue::from_bytes(cookie).unwrap());
        }
        SESSION.read(&headers, mode).map(<[u8]>::to_vec)
    }

    #[test]
    fn the_exact_name_is_found_among_other_cookies() {
        for cookies in [
            "__Host-session=x",
            " \t__Host-session\t = x ",
            "a=1; __Host-session=x; b=2",
            "a=1;__Host-session=x;",
            ";;=;b; __Host-session=x",
            "wishboard-session=y; __Host-session=x",
            "__Host-session; __Host-session=x",
            "=__Host-session; __Host-session=x",
        ] {
            assert_eq!(
                read(&[cookies.as_bytes()], Mode::Production).as_deref(),
                Some(&b"x"[..]),
                "{cookies}"
            );
        }
        assert_eq!(read(&[b"a=1", b"__Host-session=x", b"b=\xff"], Mode::Production), Some(b"x".to_vec()));
    }

    #[test]
    fn a_value_is_returned_unchanged() {
        for value in [&b"\"x\""[..], b"x=y", b"=", b"a b", b"\xff\xfe", b"%41", b""] {
            let cookie = [b"__Host-session=", value].concat();
            assert_eq!(read(&[&cookie], Mode::Production).as_deref(), Some(value), "{value:?}");
        }
    }

    #[test]
    fn a_similar_name_is_ignored() {
        let paddings =
            ["\u{85}", "\u{a0}", "\u{2000}", "\u{2028}", "\u{3000}", "\u{feff}", "\u{200b}", "\"", "$"];
        let padded = paddings.iter().flat_map(|padding| {
            [
                format!("{padding}__Host-session=x"),
                format!("__Host-session{padding}=x"),
                format!("a=1;{padding}__Host-session=x"),
            ]
        });
        let names = [
            "__host-session=x",
            "__HOST-SESSION=x",
            "_Host-session=x",
            "x__Host-session=x",
            "__Host-session2=x",
        ];
        let other_syntax = [
            "==__Host-session=x",
            "=__Host-session=x",
            "__Host-session",
            "__Host-session:x",
            "a=1,__Host-session=x",
        ];
        for cookie in padded.chain(names.map(str::to_owned)).chain(other_syntax.map(str::to_owned)) {
            assert_eq!(read(&[cookie.as_bytes()], Mode::Production), None, "{cookie:?}");
        }
        assert_eq!(read(&[b"\xa0__Host-session=x"], Mode::Production), None);
    }

    #[test]
    fn duplicate_cookies_are_ignored() {
        for second in ["x", "y", ""] {
            let second = format!("__Host-session={second}");
            assert_eq!(read(&[b"__Host-session=x", second.as_bytes()], Mode::Production), None);
            assert_eq!(read(&[format!("__Host-session=x; {second}").as_bytes()], Mode::Production), None);
            assert_eq!(
                read(&[format!("{second};a=1;\t__Host-session=x").as_bytes()], Mode::Production),
                None
            );
        }
    }

    #[test]
    fn each_mode_ignores_the_name_of_the_other_mode() {
        assert_eq!(read(&[b"wishboard-session=x"], Mode::Production), None);
        assert_eq!(read(&[b"__Host-session=x"], Mode::Development), None);
        let both = b"__Host-session=x; wishboard-session=y";
        assert_eq!(read(&[both], Mode::Production), Some(b"x".to_vec()));
        assert_eq!(read(&[both], Mode::Development), Some(b"y".to_vec()));
    }

    #[test]
    fn set_cookie_has_the_attributes_of_its_mode() {
        for (header, expected) in [
            (
                SESSION.set("x", Mode::Production),
                "__Host-session=x; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=86400",
            ),
            (
                SESSION.delete(Mode::Production),
                "__Host-session=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0",
            ),
            (
                SESSION.set("x", Mode::Development),
                "wishboard-session=x; HttpOnly; SameSite=Lax; Path=/; Max-Age=86400",
            ),
            (
                SESSION.delete(Mode::Development),
                "wishboard-session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0",
            ),
        ] {
            assert_eq!(header, expected);
        }
    }
}
