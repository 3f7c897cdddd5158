//! Logging out.

use axum::extract::State;
use axum::response::IntoResponse;
use http::{HeaderMap, StatusCode};

use crate::AppState;
use crate::auth::same_site::SameSite;
use crate::auth::{authenticate, session};
use crate::web::error::Result;

/// `POST /api/logout`: ends the sessions of the cookie and of the access token, and deletes the cookie.
pub async fn log_out(
    State(state): State<AppState>,
    _: SameSite,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    end_sessions(&state, &headers).await?;
    Ok((StatusCode::NO_CONTENT, session::delete_cookie(state.config.mode)))
}

/// Ends the sessions of a request's cookie and access token, if it has them.
///
/// # Errors
/// `Unavailable` if the database does not answer.
pub async fn end_sessions(state: &AppState, headers: &HeaderMap) -> Result<()> {
    let of_token = authenticate::session_from_headers(state, headers).await?.map(|session| session.sid);
    let from_cookie =
        session::sid_from_cookie(headers, state.config.mode).filter(|sid| Some(sid) != of_token.as_ref());
    let sids: Vec<&str> = of_token.iter().chain(&from_cookie).map(String::as_str).collect();
    if sids.is_empty() { Ok(()) } else { state.store.end_sessions(&sids).await }
}
