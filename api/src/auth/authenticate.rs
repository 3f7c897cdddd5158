//! Authenticates a request: from its `Authorization` header to a [`Caller`]. Repeats every check of a gateway.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::AppState;
use crate::auth::caller::{Caller, Claims};
use crate::auth::{access_token, session};
use crate::external::jwks_cache::Trusted;
use crate::external::login;
use crate::store::sessions::Session;
use crate::web::error::{Error, Result};

impl FromRequestParts<AppState> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        of_headers(state, &parts.headers).await
    }
}

/// Authenticates a request by its `Authorization` header. Creates the account of an external user at the first request.
///
/// # Errors
/// `NotLoggedIn` without the header; `LoginEnded` if the token or its session is invalid; `IssuerSilent` if the
/// external issuer does not provide its keys.
pub async fn of_headers(state: &AppState, headers: &HeaderMap) -> Result<Caller> {
    let token = token_of(headers)?;
    match trusted_by(state, token) {
        Some(trusted) => login::enter(state, trusted, token).await,
        None => with_own_token(state, token).await,
    }
}

/// Authenticates the value of an `Authorization` header without writing anything. The API creates the account of a new
/// external user later.
///
/// # Errors
/// As [`of_headers`].
pub async fn of_value(state: &AppState, value: &str) -> Result<Caller> {
    let token = token_in(value)?;
    match trusted_by(state, token) {
        Some(trusted) => login::recognise(state, trusted, token).await,
        None => with_own_token(state, token).await,
    }
}

/// The live session of the access token in the `Authorization` header, if there is one.
///
/// # Errors
/// `Unavailable` if the database does not answer.
pub async fn session_of_headers(state: &AppState, headers: &HeaderMap) -> Result<Option<Session>> {
    let Ok(token) = token_of(headers) else { return Ok(None) };
    match with_own_token(state, token).await {
        Ok(caller) => Ok(caller.session),
        Err(Error::LoginEnded) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The external issuer, if the token claims to be issued by it.
fn trusted_by<'a>(state: &'a AppState, token: &str) -> Option<&'a Arc<Trusted>> {
    state.trusted.as_ref().filter(|trusted| access_token::claims_to_be_of(&trusted.config.issuer, token))
}

async fn with_own_token(state: &AppState, token: &str) -> Result<Caller> {
    let now = state.clock.now();
    let claims = access_token::verify(&state.keys, &state.config.issuer, token, now).await?;
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

/// The token after `Bearer`, in any case (RFC 6750, section 2.1), or without a scheme.
fn token_in(value: &str) -> Result<&str> {
    match value.trim().split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim()),
        Some(_) => Err(Error::LoginEnded),
        None => Ok(value.trim()),
    }
}
