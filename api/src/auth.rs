//! From a request's headers to a [`Caller`]. Whatever a gateway has checked before is checked again.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::AppState;
use crate::error::{Error, Result};
use crate::session;
use crate::store::account::User;
use crate::store::session::Session;
use crate::token::{self, Claims};

/// Somebody who is logged in at this moment. Being in a handler's signature is what demands it.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who it is.
    pub user: User,
    /// The session that the token was made from; none where it is an outside issuer's.
    pub session: Option<Session>,
    /// What the token says.
    pub claims: Claims,
}

impl Caller {
    /// The caller's session, for what can't be done without one.
    ///
    /// # Errors
    /// `NoPassword` where the caller comes from an outside issuer.
    pub fn session(&self) -> Result<&Session> {
        self.session.as_ref().ok_or(Error::NoPassword)
    }
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        of_headers(state, &parts.headers).await
    }
}

/// The caller that the `Authorization` header stands for.
///
/// # Errors
/// `NotLoggedIn` without the header; `LoginEnded` where the token or its session is not valid.
pub async fn of_headers(state: &AppState, headers: &HeaderMap) -> Result<Caller> {
    of_token(state, token_of(headers)?).await
}

async fn of_token(state: &AppState, token: &str) -> Result<Caller> {
    let now = state.clock.now();
    let claims = token::verify(&state.keys, &state.config.issuer, token, now).await?;
    match state.store.session_and_user(&claims.sid, &claims.sub).await? {
        (Some(session), Some(user)) if session::is_live(&session, &user, now) => {
            Ok(Caller { user, session: Some(session), claims })
        }
        _ => Err(Error::LoginEnded),
    }
}

/// The caller that the value of an `Authorization` header stands for.
///
/// # Errors
/// `LoginEnded` where the token or its session is not valid.
pub async fn of_value(state: &AppState, value: &str) -> Result<Caller> {
    of_token(state, token_in(value)?).await
}

fn token_of(headers: &HeaderMap) -> Result<&str> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next().ok_or(Error::NotLoggedIn)?;
    if values.next().is_some() {
        return Err(Error::LoginEnded);
    }
    token_in(value.to_str().map_err(|_| Error::LoginEnded)?)
}

/// The token: after `Bearer` in any case (RFC 6750, section 2.1), or bare.
fn token_in(value: &str) -> Result<&str> {
    match value.trim().split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim()),
        Some(_) => Err(Error::LoginEnded),
        None => Ok(value.trim()),
    }
}
