//! Data export: the profile, live sessions, messages and wishes of the caller.

use axum::extract::State;
use shared::users::export::{Export, ExportedSession};

use crate::AppState;
use crate::auth::caller::Caller;
use crate::auth::session;
use crate::store::sessions::Session;
use crate::web::error::Result;
use crate::web::json::Json;
use crate::web::pagination::PageQuery;

/// `GET /api/me/export`: returns a page of the caller's data.
pub async fn export(State(state): State<AppState>, caller: Caller, query: PageQuery) -> Result<Json<Export>> {
    let mut owned = state.store.list_owned_items(&caller.user.clone().into(), query.before()).await?;
    owned.sessions.retain(|session| session::is_live(session, &caller.user, state.clock.now()));
    let to_exported = |Session { created_at, used_at, user_agent, .. }: Session| ExportedSession {
        created_at: created_at.into(),
        used_at: used_at.into(),
        browser: user_agent.browser,
        system: user_agent.system,
    };
    Ok(Json(Export {
        user: caller.user.into(),
        sessions: owned.sessions.into_iter().map(to_exported).collect(),
        messages: owned.messages,
        wishes: owned.wishes,
        next: owned.next,
    }))
}
