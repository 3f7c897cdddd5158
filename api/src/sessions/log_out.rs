//! Logout: ends the session of the client.

use axum::extract::State;
use axum::response::NoContent;
use http::HeaderMap;

use crate::AppState;
use crate::auth::same_site::SameSite;
use crate::auth::session::DeleteCookie;
use crate::auth::{authenticate, session};
use crate::web::error::Result;

/// `POST /api/logout`: ends the sessions of the cookie and of the access token, and deletes the cookie.
pub async fn log_out(
    State(state): State<AppState>,
    _: SameSite,
    headers: HeaderMap,
) -> Result<(DeleteCookie, NoContent)> {
    end_sessions(&state, &headers).await?;
    Ok((session::delete_cookie(state.config.mode), NoContent))
}

/// Ends the sessions that a request's cookie and access token belong to, if it has them.
///
/// # Errors
/// `Unavailable` if the database does not respond.
pub async fn end_sessions(state: &AppState, headers: &HeaderMap) -> Result<()> {
    let token_sid = authenticate::session_from_headers(state, headers).await?.map(|session| session.sid);
    let cookie_sid =
        session::sid_from_cookie(headers, state.config.mode).filter(|sid| Some(sid) != token_sid.as_ref());
    let sids: Vec<&str> = token_sid.iter().chain(&cookie_sid).map(String::as_str).collect();
    if sids.is_empty() { Ok(()) } else { state.store.end_sessions(&sids).await }
}
