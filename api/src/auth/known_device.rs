//! Known devices: browsers in which a user has logged in before.
//!
//! Anyone can lock an account by guessing its password. A known device has attempts of its own, so its user can still log
//! in there ("Slow Down Online Guessing Attacks with Device Cookies", OWASP). It is not a factor: the password is needed
//! all the same. Logging out keeps the cookie.
//!
//! The cookie holds one secret of 128 random bits for each user who has logged in in this browser, and the user's item
//! holds the SHA-256 of it. A secret is always created here and is valid for one user only.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderValue};
use jiff::{SignedDuration, Timestamp};

use crate::auth::cookie::Cookie;
use crate::config::Mode;
use crate::crypto::{random_bytes, sha256_base64url};
use crate::store::known_devices::KnownDevice;
use crate::store::users::User;
use crate::web::error::Result;

/// How long a device stays known after its last login. Browsers keep no cookie longer.
const LIFETIME: SignedDuration = SignedDuration::from_hours(400 * 24);

/// The cookie that holds the secrets of a browser.
const COOKIE: Cookie =
    Cookie { name: "__Host-device", development_name: "wishboard-device", max_age: LIFETIME };

/// The maximum number of users that one browser is known for.
const MAX_USERS_PER_BROWSER: usize = 4;

/// What separates the secrets in the cookie: no character of base64url.
const SEPARATOR: char = '.';

/// The secrets in the device cookie of a browser, the one that was used last first.
#[derive(Clone, Default)]
pub struct DeviceSecrets(Vec<String>);

impl DeviceSecrets {
    /// Reads the device cookie of a request. Returns no secrets if it is missing or malformed.
    pub fn from_headers(headers: &HeaderMap, mode: Mode) -> Self {
        let cookie = COOKIE.read(headers, mode).and_then(|value| std::str::from_utf8(value).ok());
        let secrets: Vec<String> =
            cookie.map(|value| value.split(SEPARATOR).map(str::to_owned).collect()).unwrap_or_default();
        let is_valid =
            secrets.len() <= MAX_USERS_PER_BROWSER && secrets.iter().all(|secret| is_secret(secret));
        if is_valid { Self(secrets) } else { Self::default() }
    }

    /// Returns the id of this device if it is known for the user.
    pub fn known_id(&self, user: &User, now: Timestamp) -> Option<String> {
        self.place_of_known(user, now).map(|place| id_of(&self.0[place]))
    }

    /// Makes this device known for a user who logs in now: keeps the secret that is valid for the user, or creates one.
    ///
    /// # Errors
    /// `Internal` without a source of randomness.
    pub fn log_in(mut self, user: &User, now: Timestamp) -> Result<(Self, KnownDevice)> {
        let secret = match self.place_of_known(user, now) {
            Some(place) => self.0.remove(place),
            None => new_secret()?,
        };
        let device = KnownDevice { id: id_of(&secret), last_login: now.as_second() };
        self.0.insert(0, secret);
        self.0.truncate(MAX_USERS_PER_BROWSER);
        Ok((self, device))
    }

    /// Returns the `Set-Cookie` header that stores the secrets in the browser.
    pub fn set_cookie(&self, mode: Mode) -> HeaderValue {
        COOKIE.set(&self.0.join(&SEPARATOR.to_string()), mode)
    }

    fn place_of_known(&self, user: &User, now: Timestamp) -> Option<usize> {
        let oldest = (now - LIFETIME).as_second();
        let is_known =
            |secret: &String| user.known_devices.get(&id_of(secret)).is_some_and(|last| *last > oldest);
        self.0.iter().position(is_known)
    }
}

/// 128 random bits in base64url.
fn new_secret() -> Result<String> {
    Ok(BASE64_URL_SAFE_NO_PAD.encode(random_bytes::<16>()?))
}

fn is_secret(text: &str) -> bool {
    BASE64_URL_SAFE_NO_PAD.decode(text).is_ok_and(|bits| bits.len() == 16)
}

/// The id of a device in the user's item: the SHA-256 of its secret, in base64url.
fn id_of(secret: &str) -> String {
    sha256_base64url(secret)
}
