//! Authenticates a request by its `Authorization` header. Does not rely on the checks of an API Gateway authorizer.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use shared::problem::ProblemType;

use crate::AppState;
use crate::auth::caller::{Caller, Claims};
use crate::auth::{access_token, jwt, session};
use crate::external::jwks_cache::JwksCache;
use crate::external::login;
use crate::store::sessions::Session;
use crate::web::describe::DescribeRequest;
use crate::web::error::{Error, Result};
use crate::web::operation::Operation;

/// Maximum time of an authorizer's check: 7 seconds. It is shorter than the timeout of the authorizer's function
/// (`deploy/template.yaml`).
const AUTHORIZER_DEADLINE: Duration = Duration::from_secs(7);

impl FromRequestParts<AppState> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self> {
        from_headers(state, &parts.headers).await
    }
}

impl DescribeRequest for Caller {
    fn describe(operation: &mut Operation<'_>) {
        operation.requires_caller = true;
        operation.problems([ProblemType::NotLoggedIn, ProblemType::Unavailable]);
    }
}

/// Authenticates a request by its `Authorization` header. Creates the account of a new external user.
///
/// # Errors
/// `NotLoggedIn` without the header; `SessionEnded` if the token or its session is invalid; `IssuerUnavailable` if the
/// external issuer does not provide its keys.
pub async fn from_headers(state: &AppState, headers: &HeaderMap) -> Result<Caller> {
    let token = bearer_token(headers)?;
    match external_jwks_for(state, token) {
        Some(jwks) => login::log_in(state, jwks, token).await,
        None => from_own_token(state, token).await,
    }
}

/// Authenticates the value of an `Authorization` header for an authorizer. Does not write to the database: the account
/// of a new external user is created when the request reaches the API.
///
/// # Errors
/// As [`from_headers`]; `Unavailable` after [`AUTHORIZER_DEADLINE`].
pub async fn from_header_value(state: &AppState, value: &str) -> Result<Caller> {
    let token = strip_scheme(value)?;
    let check = async {
        match external_jwks_for(state, token) {
            Some(jwks) => login::identify(state, jwks, token).await,
            None => from_own_token(state, token).await,
        }
    };
    let too_slow = |_| Error::unavailable("the check has not ended before the deadline");
    tokio::time::timeout(AUTHORIZER_DEADLINE, check).await.map_err(too_slow)?
}

/// Returns the live session of the access token in the `Authorization` header, or `None` if there is none.
///
/// # Errors
/// `Unavailable` if the database does not respond.
pub async fn session_from_headers(state: &AppState, headers: &HeaderMap) -> Result<Option<Session>> {
    let Ok(token) = bearer_token(headers) else { return Ok(None) };
    match from_own_token(state, token).await {
        Ok(caller) => Ok(caller.session),
        Err(Error::SessionEnded) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns the keys of the external issuer if the token claims to be issued by it.
fn external_jwks_for<'a>(state: &'a AppState, token: &str) -> Option<&'a Arc<JwksCache>> {
    state.external_jwks.as_ref().filter(|jwks| jwt::claims_issuer(token, &jwks.config.issuer))
}

async fn from_own_token(state: &AppState, token: &str) -> Result<Caller> {
    let now = state.clock.now();
    let claims = access_token::verify(&state.key_ring, &state.config.issuer, token, now).await?;
    match state.store.find_session_and_user(&claims.sid, &claims.sub).await? {
        (Some(session), Some(user)) if session::is_live(&session, &user, now) => {
            Ok(Caller { user, session: Some(session), claims: Claims::Own(claims) })
        }
        _ => Err(Error::SessionEnded),
    }
}

fn bearer_token(headers: &HeaderMap) -> Result<&str> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next().ok_or(Error::NotLoggedIn)?;
    if values.next().is_some() {
        return Err(Error::SessionEnded);
    }
    strip_scheme(value.to_str().map_err(|_| Error::SessionEnded)?)
}

/// Returns the token after the scheme `Bearer` (RFC 6750, section 2.1). The scheme is case-insensitive and may be
/// missing.
fn strip_scheme(value: &str) -> Result<&str> {
    match value.trim().split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim()),
        Some(_) => Err(Error::SessionEnded),
        None => Ok(value.trim()),
    }
}
