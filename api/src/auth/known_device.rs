//! Known devices: browsers in which a user has logged in before.
//!
//! Any client can lock an account by sending wrong passwords. A known device has its own limit, so its user can still
//! log in on it ("Slow Down Online Guessing Attacks with Device Cookies", OWASP). The device is not an authentication
//! factor: a login always requires the password. Logging out does not delete the cookie.
//!
//! The cookie holds one secret of 128 random bits for each of the last four users who have logged in with this browser.
//! The user's item holds the SHA-256 of the secret, which is the id of the device. The server creates each secret, and
//! it is valid for one user.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;

use crate::auth::cookie::Cookie;
use crate::auth::cookie_and_token_lifetimes::KNOWN_DEVICE_LIFETIME;
use crate::config::Mode;
use crate::crypto::{random_bytes, sha256_base64url};
use crate::store::known_devices::KnownDevice;
use crate::store::users::User;
use crate::web::error::Result;

/// The cookie that holds the secrets of a browser.
const DEVICE_COOKIE: Cookie =
    Cookie { name: "__Host-device", development_name: "wishboard-device", max_age: KNOWN_DEVICE_LIFETIME };

/// Maximum number of users for whom one browser is a known device.
const MAX_USERS_PER_BROWSER: usize = 4;

/// Separates the secrets in the cookie. It is not a character of base64url.
const SECRET_SEPARATOR: char = '.';

/// The secrets in the device cookie of a browser. The secret of the last login is the first one.
#[derive(Clone, Default)]
pub struct DeviceSecrets(Vec<String>);

impl DeviceSecrets {
    /// Reads the device cookie of a request. Returns no secrets if it is missing or malformed.
    pub fn from_headers(headers: &HeaderMap, mode: Mode) -> Self {
        let cookie = DEVICE_COOKIE.read(headers, mode).and_then(|value| std::str::from_utf8(value).ok());
        let secrets: Vec<String> = cookie
            .map(|value| value.split(SECRET_SEPARATOR).map(str::to_owned).collect())
            .unwrap_or_default();
        let is_valid =
            secrets.len() <= MAX_USERS_PER_BROWSER && secrets.iter().all(|secret| is_secret(secret));
        if is_valid { Self(secrets) } else { Self::default() }
    }

    /// Returns the id of this device, or `None` if it is not a known device of the user.
    pub fn known_id(&self, user: &User, now: Timestamp) -> Option<String> {
        self.position_of_known(user, now).map(|index| id_of(&self.0[index]))
    }

    /// Makes this device a known device of a user who logs in. Reuses the secret that is valid for the user, or creates
    /// one.
    ///
    /// # Errors
    /// `Internal` if the operating system provides no randomness.
    pub fn make_known_for(mut self, user: &User, now: Timestamp) -> Result<(Self, KnownDevice)> {
        let secret = match self.position_of_known(user, now) {
            Some(index) => self.0.remove(index),
            None => new_secret()?,
        };
        let device = KnownDevice { id: id_of(&secret), last_login: now.as_second() };
        self.0.insert(0, secret);
        self.0.truncate(MAX_USERS_PER_BROWSER);
        Ok((self, device))
    }

    /// Returns the `Set-Cookie` header that stores the secrets in the browser.
    pub fn set_cookie(&self, mode: Mode) -> HeaderValue {
        DEVICE_COOKIE.set(&self.0.join(&SECRET_SEPARATOR.to_string()), mode)
    }

    fn position_of_known(&self, user: &User, now: Timestamp) -> Option<usize> {
        let oldest = (now - KNOWN_DEVICE_LIFETIME).as_second();
        let is_known =
            |secret: &String| user.known_devices.get(&id_of(secret)).is_some_and(|last| *last > oldest);
        self.0.iter().position(is_known)
    }
}

/// Returns 128 random bits in base64url.
fn new_secret() -> Result<String> {
    Ok(BASE64_URL_SAFE_NO_PAD.encode(random_bytes::<16>()?))
}

fn is_secret(text: &str) -> bool {
    BASE64_URL_SAFE_NO_PAD.decode(text).is_ok_and(|bits| bits.len() == 16)
}

/// Returns the id of a device: the SHA-256 of its secret, in base64url.
fn id_of(secret: &str) -> String {
    sha256_base64url(secret)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_device_is_unknown_from_400_days_after_its_last_login() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let secret = new_secret().unwrap();
        let last_login = (now - KNOWN_DEVICE_LIFETIME).as_second();
        for (last_login, is_known) in [(last_login, false), (last_login + 1, true)] {
            let user = User {
                username: "ann".to_owned(),
                name: "Ann".to_owned(),
                password_hash: None,
                generation: 1,
                created_at: Timestamp::UNIX_EPOCH,
                known_devices: BTreeMap::from([(id_of(&secret), last_login)]),
            };
            assert_eq!(DeviceSecrets(vec![secret.clone()]).known_id(&user, now).is_some(), is_known);
        }
    }
}
