//! Creates sessions, and finds them by their cookie.
//!
//! The cookie holds a secret of 256 random bits. The table contains only its SHA-256, which is the session's id
//! (`sid`).

use axum::response::AppendHeaders;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use shared::sessions::TokenResponse;

use crate::AppState;
use crate::auth::access_token;
use crate::auth::cookie::Cookie;
use crate::auth::cookie_and_token_lifetimes::{SESSION_ABSOLUTE_LIFETIME, SESSION_IDLE_TIMEOUT};
use crate::config::Mode;
use crate::crypto::{random_bytes, sha256_base64url};
use crate::store::sessions::Session;
use crate::store::sessions::UserAgent;
use crate::store::users::User;
use crate::web::error::{Error, Result};

/// Minimum time between two updates of a session's last-used time: 10 minutes. Limits the number of writes.
const LAST_USED_INTERVAL: SignedDuration = SignedDuration::from_mins(10);

/// The cookie that holds the secret of a session.
pub const SESSION_COOKIE: Cookie = Cookie {
    name: "__Host-session",
    development_name: "wishboard-session",
    max_age: SESSION_ABSOLUTE_LIFETIME,
};

/// The secret of a session, in base64url.
pub struct SessionSecret(String);

impl SessionSecret {
    /// Returns the `Set-Cookie` header that stores the secret in the browser.
    pub fn set_cookie(&self, mode: Mode) -> HeaderValue {
        SESSION_COOKIE.set(&self.0, mode)
    }
}

/// Creates a session of a user, and its secret. Does not store the session.
///
/// # Errors
/// `Internal` if the operating system provides no randomness.
pub fn create(user: &User, user_agent: UserAgent, now: Timestamp) -> Result<(Session, SessionSecret)> {
    let secret = SessionSecret(BASE64_URL_SAFE_NO_PAD.encode(random_bytes::<32>()?));
    let session = Session {
        sid: sha256_base64url(&secret.0),
        username: user.username.clone(),
        generation: user.generation,
        created_at: now,
        used_at: now,
        expires: (now + SESSION_IDLE_TIMEOUT).as_second(),
        user_agent,
    };
    Ok((session, secret))
}

/// Returns whether a session belongs to a user and has not ended. Both must have just been read.
pub fn is_live(session: &Session, user: &User, now: Timestamp) -> bool {
    session.username == user.username
        && session.generation == user.generation
        && session.expires > now.as_second()
}

/// Returns the `sid` of the session cookie in a request. The session may not exist.
pub fn sid_from_cookie(headers: &HeaderMap, mode: Mode) -> Option<String> {
    SESSION_COOKIE.read(headers, mode).map(sha256_base64url)
}

/// Returns the live session of a request's cookie, and its user. Updates the last-used time of the session.
///
/// # Errors
/// `NotLoggedIn` if the request has no cookie of a live session.
pub async fn from_cookie(state: &AppState, headers: &HeaderMap) -> Result<(Session, User)> {
    let sid = sid_from_cookie(headers, state.config.mode).ok_or(Error::NotLoggedIn)?;
    let username = state.store.find_session(&sid).await?.ok_or(Error::NotLoggedIn)?.username;
    let now = state.clock.now();
    match state.store.find_session_and_user(&sid, &username).await? {
        (Some(session), Some(user)) if is_live(&session, &user, now) => {
            if let Err(error) = update_last_used(state, &session, now).await {
                tracing::warn!(%error, "cannot update the last-used time of a session");
            }
            Ok((session, user))
        }
        _ => Err(Error::NotLoggedIn),
    }
}

async fn update_last_used(state: &AppState, session: &Session, now: Timestamp) -> Result<()> {
    if now.duration_since(session.used_at) < LAST_USED_INTERVAL {
        return Ok(());
    }
    let expires =
        (now + SESSION_IDLE_TIMEOUT).min(session.created_at + SESSION_ABSOLUTE_LIFETIME).as_second();
    state.store.update_last_used(&Session { used_at: now, expires, ..session.clone() }).await
}

/// The `Set-Cookie` header that deletes a cookie, in addition to the other headers of a response.
pub type DeleteCookie = AppendHeaders<[(HeaderName, HeaderValue); 1]>;

/// Deletes the session cookie.
pub fn delete_cookie(mode: Mode) -> DeleteCookie {
    AppendHeaders([(SET_COOKIE, SESSION_COOKIE.delete(mode))])
}

/// Issues an access token for a session. Returns it as the response body of sign-up, login and refresh.
///
/// # Errors
/// `Unavailable` if the key ring cannot be read.
pub async fn token_response(state: &AppState, session: &Session, user: User) -> Result<TokenResponse> {
    let (issuer, now) = (&state.config.issuer, state.clock.now());
    let (token, expires_at) =
        access_token::issue(&state.key_ring, issuer, &user.username, &session.sid, now).await?;
    Ok(TokenResponse { token, expires_at: expires_at.into(), user: user.into() })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_session_is_not_live_in_the_second_in_which_it_expires() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let user = User {
            username: "ann".to_owned(),
            name: "Ann".to_owned(),
            password_hash: None,
            generation: 1,
            created_at: now,
            known_devices: BTreeMap::new(),
        };
        let (session, _) = create(&user, UserAgent::default(), now).unwrap();
        let end = now + SESSION_IDLE_TIMEOUT;
        assert!(is_live(&session, &user, end - SignedDuration::from_secs(1)));
        assert!(!is_live(&session, &user, end));
    }
}
