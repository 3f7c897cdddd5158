//! The ways in and out, the same for the app and for the pages without JavaScript. Who comes in
//! leaves the session that the browser had before: it would be out of everybody's reach.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use http::HeaderMap;
use shared::account::{Login, Signup, Username};

use crate::AppState;
use crate::auth;
use crate::client_address::ClientAddress;
use crate::clock::rfc3339;
use crate::device::Device;
use crate::error::{Error, Result};
use crate::rate_limit::{self, password::PasswordAttempt};
use crate::session::{self, Secret};
use crate::store::account::User;
use crate::store::session::Session;

/// Whoever comes to log in.
pub struct Visitor {
    address: ClientAddress,
    device: Device,
    /// Of the session that the browser has until now, if it has one.
    sid: Option<String>,
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        let address = ClientAddress::from_request_parts(parts, state).await?;
        let sid = session::sid_of_cookie(&parts.headers, state.config.mode);
        Ok(Self { address, device: Device::of_headers(&parts.headers), sid })
    }
}

/// Creates an account and its first session.
///
/// # Errors
/// `WeakPassword`, `UsernameTaken`, or `TooManyTries` after many sign-ups from this address.
pub async fn sign_up(state: &AppState, visitor: Visitor, signup: Signup) -> Result<(Session, User, Secret)> {
    let state = state.clone();
    rate_limit::run_to_end(async move {
        let attempt = rate_limit::sign_up(&state, visitor.address).await?;
        let made = new_account(&state, visitor, signup).await;
        if !matches!(made, Ok(_) | Err(Error::UsernameTaken)) {
            attempt.refund().await;
        }
        made
    })
    .await
}

async fn new_account(state: &AppState, visitor: Visitor, signup: Signup) -> Result<(Session, User, Secret)> {
    let (username, name) = (signup.username.into_username(), signup.name);
    // Decided when it is stored; a name that is taken is not worth hashing for.
    if state.store.is_taken(&username).await? {
        return Err(Error::UsernameTaken);
    }
    let known = [username.as_str(), name.as_str()];
    let password = state.passwords.hash("password", &signup.password, known).await?;
    let now = state.clock.now();
    let user = User {
        username: username.as_str().to_owned(),
        name: name.as_str().to_owned(),
        password: Some(password),
        generation: 1,
        created_at: rfc3339(now),
    };
    let (session, secret) = session::start(&user, visitor.device, now)?;
    state.store.sign_up(&user, &session, visitor.sid.as_deref()).await?;
    Ok((session, user, secret))
}

/// Creates a session for a user whose password is correct. An unknown username takes as long as a
/// wrong password.
///
/// # Errors
/// `WrongLogin`, which never says what was wrong, or `TooManyTries` after many of them.
pub async fn log_in(state: &AppState, visitor: Visitor, login: Login) -> Result<(Session, User, Secret)> {
    let check = check_password(state.clone(), visitor.address, login);
    let user = rate_limit::run_to_end(check).await?;
    let (session, secret) = session::start(&user, visitor.device, state.clock.now())?;
    state.store.log_in(&session, visitor.sid.as_deref()).await?;
    Ok((session, user, secret))
}

/// Finds the user who has this username and this password. A wrong password counts as an attempt.
async fn check_password(state: AppState, address: ClientAddress, login: Login) -> Result<User> {
    let attempt = PasswordAttempt::log_in(&state, &login.username, address).await?;
    let user = find_user(&state, &login).await;
    attempt.settle(matches!(user, Err(Error::WrongLogin))).await;
    user
}

async fn find_user(state: &AppState, login: &Login) -> Result<User> {
    let user = match Username::parse(&login.username) {
        Ok(username) => state.store.user(&username).await?,
        Err(_) => None,
    };
    let hash = user.as_ref().and_then(|user| user.password.as_deref());
    let is_correct = state.passwords.verify(login.password.expose(), hash).await?;
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
