//! Signing up, logging in and logging out, the same for the app and for the pages without JavaScript. A
//! new login ends the session that the browser had before: no one could reach it any more.

use std::collections::BTreeMap;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::AppendHeaders;
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};
use shared::account::{Login, Signup, Username};

use crate::AppState;
use crate::auth::{self, known_device::DeviceSecrets};
use crate::client_address::ClientAddress;
use crate::clock::rfc3339;
use crate::config::Mode;
use crate::device::Device;
use crate::error::{Error, Result};
use crate::rate_limit::{self, password::PasswordAttempt};
use crate::session::{self, Secret};
use crate::store::account::User;
use crate::store::session::Session;

/// The client of a login or sign-up.
pub struct Visitor {
    address: ClientAddress,
    device: Device,
    secrets: DeviceSecrets,
    /// The browser's session until now, if it has one.
    sid: Option<String>,
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let (headers, mode) = (&parts.headers, state.config.mode);
        Ok(Self {
            device: Device::of_headers(headers),
            secrets: DeviceSecrets::of_headers(headers, mode),
            sid: session::sid_of_cookie(headers, mode),
            address: ClientAddress::from_request_parts(parts, state).await?,
        })
    }
}

/// A user who has just logged in or signed up.
pub struct NewLogin {
    /// The new session.
    pub session: Session,
    /// Its user.
    pub user: User,
    session_secret: Secret,
    device_secrets: DeviceSecrets,
}

/// The `Set-Cookie` headers of a new login, in addition to the other headers of a response.
pub type SetCookies = AppendHeaders<[(HeaderName, HeaderValue); 2]>;

impl NewLogin {
    /// Returns the `Set-Cookie` headers of the session and of the device.
    pub fn cookies(&self, mode: Mode) -> SetCookies {
        let cookies = [self.session_secret.set_cookie(mode), self.device_secrets.set_cookie(mode)];
        AppendHeaders(cookies.map(|cookie| (SET_COOKIE, cookie)))
    }
}

/// Creates an account and its first session.
///
/// # Errors
/// `WeakPassword`, `UsernameTaken`, or `TooManyTries` after many sign-ups from this address.
pub async fn sign_up(state: &AppState, visitor: Visitor, signup: Signup) -> Result<NewLogin> {
    let state = state.clone();
    rate_limit::run_to_end(async move {
        let attempt = rate_limit::sign_up(&state, visitor.address).await?;
        let login = new_account(&state, visitor, signup).await;
        if !matches!(login, Ok(_) | Err(Error::UsernameTaken)) {
            attempt.refund().await;
        }
        login
    })
    .await
}

async fn new_account(state: &AppState, visitor: Visitor, signup: Signup) -> Result<NewLogin> {
    let (username, name) = (signup.username.into_username(), signup.name);
    // Decided when it is stored; a name that is taken is not worth hashing for.
    if state.store.is_taken(&username).await? {
        return Err(Error::UsernameTaken);
    }
    let known = [username.as_str(), name.as_str()];
    let password = state.passwords.hash("password", &signup.password, known).await?;
    let now = state.clock.now();
    let mut user = User {
        username: username.as_str().to_owned(),
        name: name.as_str().to_owned(),
        password: Some(password),
        generation: 1,
        created_at: rfc3339(now),
        devices: BTreeMap::new(),
    };
    let (device_secrets, device) = visitor.secrets.log_in(&user, now)?;
    user.devices.insert(device.id, device.last_login);
    let (session, session_secret) = session::start(&user, visitor.device, now)?;
    state.store.sign_up(&user, &session, visitor.sid.as_deref()).await?;
    Ok(NewLogin { session, user, session_secret, device_secrets })
}

/// Creates a session for a user whose password is correct. An unknown username takes as long as a
/// wrong password.
///
/// # Errors
/// `WrongLogin`, which never says what was wrong, or `TooManyTries` after many of them.
pub async fn log_in(state: &AppState, visitor: Visitor, login: Login) -> Result<NewLogin> {
    let check = check_login(state.clone(), visitor.address, visitor.secrets.clone(), login);
    let user = rate_limit::run_to_end(check).await?;
    let now = state.clock.now();
    let (device_secrets, device) = visitor.secrets.log_in(&user, now)?;
    let (session, session_secret) = session::start(&user, visitor.device, now)?;
    state.store.log_in(&user, &session, &device, visitor.sid.as_deref()).await?;
    Ok(NewLogin { session, user, session_secret, device_secrets })
}

/// Finds the user who has this username and this password. A wrong password counts as an attempt.
async fn check_login(
    state: AppState,
    address: ClientAddress,
    secrets: DeviceSecrets,
    login: Login,
) -> Result<User> {
    let user = match Username::parse(&login.username) {
        Ok(username) => state.store.user(&username).await?,
        Err(_) => None,
    };
    let device = user.as_ref().and_then(|user| secrets.known_id(user, state.clock.now()));
    let attempt = PasswordAttempt::log_in(&state, &login.username, device.as_deref(), address).await?;
    let hash = user.as_ref().and_then(|user| user.password.as_deref());
    let is_correct = state.passwords.verify(login.password.expose(), hash).await;
    attempt.settle(matches!(is_correct, Ok(false))).await;
    let is_correct = is_correct?;
    user.filter(|_| is_correct).ok_or(Error::WrongLogin)
}

/// Ends the sessions of a request's cookie and token, whichever are there.
///
/// # Errors
/// When the database doesn't answer.
pub async fn log_out(state: &AppState, headers: &HeaderMap) -> Result<()> {
    let of_token = auth::session_of_headers(state, headers).await?.map(|session| session.sid);
    let of_cookie =
        session::sid_of_cookie(headers, state.config.mode).filter(|sid| Some(sid) != of_token.as_ref());
    let sids: Vec<&str> = of_token.iter().chain(&of_cookie).map(String::as_str).collect();
    if sids.is_empty() { Ok(()) } else { state.store.end_sessions(&sids).await }
}
