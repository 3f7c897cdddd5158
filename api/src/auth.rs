//! From a request's headers to a [`Caller`]. Whatever a gateway has checked before is checked again.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use serde::Serialize;
use serde_json::Value;

use crate::AppState;
use crate::error::{Error, Result};
use crate::keys::trusted::Trusted;
use crate::session;
use crate::store::account::User;
use crate::store::session::Session;
use crate::token::{self, outside::Claims as OutsideClaims};

pub mod cookie;
pub mod known_device;
mod outside;
pub mod same_site;

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

/// What the caller's token says.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Claims {
    /// One of ours.
    Ours(token::Claims),
    /// One of the trusted issuer.
    Outside(OutsideClaims),
}

impl Claims {
    /// What it allows, where it says so.
    pub fn scope(&self) -> Option<&str> {
        match self {
            Self::Ours(claims) => Some(&claims.scope),
            Self::Outside(claims) => claims.scope.as_ref().and_then(Value::as_str),
        }
    }
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

/// The caller that the `Authorization` header stands for. Whoever comes from the trusted issuer for
/// the first time has an account from here on.
///
/// # Errors
/// `NotLoggedIn` without the header; `LoginEnded` where the token or its session is not valid;
/// `IssuerSilent` where the trusted issuer would have to say more.
pub async fn of_headers(state: &AppState, headers: &HeaderMap) -> Result<Caller> {
    let token = token_of(headers)?;
    match trusted_by(state, token) {
        Some(trusted) => outside::enter(state, trusted, token).await,
        None => ours(state, token).await,
    }
}

/// The caller that the value of an `Authorization` header stands for. Nothing is written: whoever is
/// new gets an account from the API itself.
///
/// # Errors
/// As [`of_headers`].
pub async fn of_value(state: &AppState, value: &str) -> Result<Caller> {
    let token = token_in(value)?;
    match trusted_by(state, token) {
        Some(trusted) => outside::recognise(state, trusted, token).await,
        None => ours(state, token).await,
    }
}

/// The session that the `Authorization` header stands for, if it is a live one of ours.
///
/// # Errors
/// When the database doesn't answer.
pub async fn session_of_headers(state: &AppState, headers: &HeaderMap) -> Result<Option<Session>> {
    let Ok(token) = token_of(headers) else { return Ok(None) };
    match ours(state, token).await {
        Ok(caller) => Ok(caller.session),
        Err(Error::LoginEnded) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The trusted issuer, if there is one and the token claims to be of it.
fn trusted_by<'a>(state: &'a AppState, token: &str) -> Option<&'a Arc<Trusted>> {
    state.trusted.as_ref().filter(|trusted| token::claims_to_be_of(&trusted.config.issuer, token))
}

async fn ours(state: &AppState, token: &str) -> Result<Caller> {
    let now = state.clock.now();
    let claims = token::verify(&state.keys, &state.config.issuer, token, now).await?;
    match state.store.session_and_user(&claims.sid, &claims.sub).await? {
        (Some(session), Some(user)) if session::is_live(&session, &user, now) => {
            Ok(Caller { user, session: Some(session), claims: Claims::Ours(claims) })
        }
        _ => Err(Error::LoginEnded),
    }
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
