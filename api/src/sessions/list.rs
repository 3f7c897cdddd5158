//! Lists and ends the caller's sessions.

use axum::extract::State;
use axum::response::NoContent;
use http::HeaderMap;
use shared::sessions::{self, Sessions};

use crate::AppState;
use crate::auth::caller::Caller;
use crate::auth::session::{self, DeleteCookie};
use crate::store::sessions::Session;
use crate::store::sessions::SessionId;
use crate::web::error::Result;
use crate::web::json::Json;
use crate::web::path::Path;

/// Maximum number of sessions that are read for the list. The current one is added if it is not among them.
const MAX_LISTED_SESSIONS: usize = 100;

/// `GET /api/me/sessions`: returns the caller's live sessions, most recently used first.
pub async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Sessions>> {
    let current = caller.session()?;
    let (user, now) = (&caller.user, state.clock.now());
    let is_live = |session: &Session| session::is_live(session, user, now);
    let mut live = state.store.list_sessions(user, now, MAX_LISTED_SESSIONS, is_live).await?;
    // The index lags behind the table, so it may not contain the current session yet.
    if live.iter().all(|session| session.sid != current.sid) {
        live.push(current.clone());
    }
    live.sort_by(|a, b| (&b.used_at, &b.created_at).cmp(&(&a.used_at, &a.created_at)));
    let to_shared = |session: Session| sessions::Session {
        current: session.sid == current.sid,
        id: session.sid,
        browser: session.user_agent.browser,
        system: session.user_agent.system,
        created_at: session.created_at.into(),
        used_at: session.used_at.into(),
    };
    Ok(Json(Sessions { sessions: live.into_iter().map(to_shared).collect() }))
}

/// `DELETE /api/me/sessions/{id}`: ends one of the caller's sessions, which may be the current one.
pub async fn end(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    Path(SessionId(sid)): Path<SessionId>,
) -> Result<(Option<DeleteCookie>, NoContent)> {
    caller.session()?;
    state.store.end_session_of(&caller.user.username, &sid).await?;
    // Deletes the cookie if it is the cookie of this session.
    let is_own_session = session::sid_from_cookie(&headers, state.config.mode).is_some_and(|own| own == sid);
    Ok((is_own_session.then(|| session::delete_cookie(state.config.mode)), NoContent))
}

/// `DELETE /api/me/sessions`: ends all of the caller's sessions except the current one.
pub async fn end_others(State(state): State<AppState>, caller: Caller) -> Result<NoContent> {
    state.store.end_other_sessions(&caller.user, caller.session()?).await?;
    Ok(NoContent)
}
