//! Sessions: makes, reads and ends them, writes their cookie, and decides whether a request with
//! the cookie comes from our own pages.
//!
//! The cookie holds 256 random bits that are stored nowhere: the table has their SHA-256 only.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use cookie::{Cookie, SameSite as SameSitePolicy};
use http::header::{COOKIE, ORIGIN};
use http::{HeaderMap, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use shared::account::LoggedIn;

use crate::AppState;
use crate::clock::rfc3339;
use crate::device::Device;
use crate::error::{Error, Result};
use crate::store::account::User;
use crate::store::session::Session;
use crate::token;

/// The `__Host-` prefix makes browsers refuse it unless it is Secure, for this host and for `/`.
const COOKIE_NAME: &str = "__Host-session";

/// A session ends when it was not used for so long,
const IDLE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// and in any case after so long.
const ABSOLUTE: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Its last use is written at most this often.
const NOTED: SignedDuration = SignedDuration::from_mins(10);

/// What the browser keeps of a session: a secret.
pub struct Secret(String);

impl Secret {
    fn sid(&self) -> String {
        let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, self.0.as_bytes());
        BASE64_URL_SAFE_NO_PAD.encode(hash)
    }

    /// The `Set-Cookie` that hands it to the browser.
    pub fn set_cookie(&self) -> HeaderValue {
        header(&cookie(&self.0, cookie::time::Duration::seconds(ABSOLUTE.as_secs())))
    }
}

/// The `Set-Cookie` that makes the browser forget its session.
pub fn forget_cookie() -> HeaderValue {
    header(&cookie("", cookie::time::Duration::ZERO))
}

fn cookie(value: &str, max_age: cookie::time::Duration) -> Cookie<'_> {
    Cookie::build((COOKIE_NAME, value))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSitePolicy::Lax)
        .max_age(max_age)
        .build()
}

fn header(cookie: &Cookie<'_>) -> HeaderValue {
    HeaderValue::from_str(&cookie.to_string()).unwrap_or_else(|_| unreachable!("base64url fits a header"))
}

/// The id of a session in a path: the SHA-256 of its cookie, in base64url.
pub struct Sid(pub String);

/// A new session of a user, not stored yet, and the secret it will be known by.
///
/// # Errors
/// When there is no randomness.
pub fn start(user: &User, device: Device, now: Timestamp) -> Result<(Session, Secret)> {
    let mut bits = [0; 32];
    aws_lc_rs::rand::fill(&mut bits).map_err(|error| Error::Internal(error.into()))?;
    let secret = Secret(BASE64_URL_SAFE_NO_PAD.encode(bits));
    let session = Session {
        sid: secret.sid(),
        username: user.username.clone(),
        generation: user.generation,
        created_at: rfc3339(now),
        used_at: rfc3339(now),
        expires: (now + IDLE).as_second(),
        device,
    };
    Ok((session, secret))
}

/// Whether a session still counts for a user, both as just read.
pub fn is_live(session: &Session, user: &User, now: Timestamp) -> bool {
    session.username == user.username
        && session.generation == user.generation
        && session.expires > now.as_second()
}

/// The `sid` that the request's cookie stands for, whether or not there is such a session.
pub fn sid_of_cookie(headers: &HeaderMap) -> Option<String> {
    // Other programs of this host may have set cookies of any bytes.
    let cookies = headers.get_all(COOKIE).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    cookies
        .flat_map(|cookies| Cookie::split_parse(cookies.into_owned()).collect::<Vec<_>>())
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == COOKIE_NAME)
        .map(|cookie| Secret(cookie.value().to_owned()).sid())
}

/// The live session of the request's cookie, and its user. Notes that it was used.
///
/// # Errors
/// `NotLoggedIn` where it stands for no live session.
pub async fn of_cookie(state: &AppState, headers: &HeaderMap) -> Result<(Session, User)> {
    let sid = sid_of_cookie(headers).ok_or(Error::NotLoggedIn)?;
    let username = state.store.session(&sid).await?.ok_or(Error::NotLoggedIn)?.username;
    let now = state.clock.now();
    match state.store.session_and_user(&sid, &username).await? {
        (Some(session), Some(user)) if is_live(&session, &user, now) => {
            if let Err(error) = note_use(state, &session, now).await {
                tracing::warn!(%error, "the use of a session was not noted");
            }
            Ok((session, user))
        }
        _ => Err(Error::NotLoggedIn),
    }
}

async fn note_use(state: &AppState, session: &Session, now: Timestamp) -> Result<()> {
    let used_at: Timestamp = session.used_at.parse().unwrap_or(Timestamp::UNIX_EPOCH);
    let created_at: Timestamp = session.created_at.parse().unwrap_or(Timestamp::UNIX_EPOCH);
    if now.duration_since(used_at) < NOTED {
        return Ok(());
    }
    let expires = (now + IDLE).min(created_at + ABSOLUTE).as_second();
    state.store.use_session(&Session { used_at: rfc3339(now), expires, ..session.clone() }).await
}

/// A token for a session, in the form that sign-up, log-in and token requests are answered with.
///
/// # Errors
/// When the key ring can't be read.
pub async fn logged_in(state: &AppState, session: &Session, user: User) -> Result<LoggedIn> {
    let now = state.clock.now();
    let (token, ends) =
        token::mint(&state.keys, &state.config.issuer, &user.username, &session.sid, now).await?;
    Ok(LoggedIn { token, expires_at: rfc3339(ends), user: user.into() })
}

/// Being in a handler's signature demands that the request comes from our own pages, or from
/// something that is no browser. Goes before everything that reads or sets the cookie.
///
/// Browsers say so themselves by Fetch Metadata (`Sec-Fetch-Site`), older ones by `Origin`. The
/// Host header has no say: it is the client's.
pub struct SameSite;

impl FromRequestParts<AppState> for SameSite {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let allowed = match (parts.headers.get("sec-fetch-site"), parts.headers.get(ORIGIN)) {
            (Some(site), _) => site == "same-origin",
            (None, Some(origin)) => state.config.origins.iter().any(|ours| origin == ours.as_str()),
            (None, None) => true,
        };
        allowed.then_some(Self).ok_or(Error::CrossSite)
    }
}
