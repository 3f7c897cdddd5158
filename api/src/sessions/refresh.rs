//! Refresh of the access token with the session cookie.

use axum::extract::State;
use http::HeaderMap;
use shared::sessions::TokenResponse;

use crate::AppState;
use crate::auth::same_site::SameSite;
use crate::auth::session;
use crate::web::error::Result;
use crate::web::json::Json;

/// `POST /api/token`: returns a new access token for the session of the cookie.
pub async fn refresh(
    State(state): State<AppState>,
    _: SameSite,
    headers: HeaderMap,
) -> Result<Json<TokenResponse>> {
    let (session, user) = session::from_cookie(&state, &headers).await?;
    session::token_response(&state, &session, user).await.map(Json)
}
