//! Password change: requires the current password and a new one, and ends all other sessions.

use axum::extract::State;
use axum::response::NoContent;
use shared::users::ChangePasswordRequest;

use super::current_password;
use crate::AppState;
use crate::auth::caller::Caller;
use crate::auth::password_hash;
use crate::web::error::{Error, Result};
use crate::web::json::Json;

/// `PUT /api/me/password`: changes the password and ends all other sessions.
///
/// # Errors
/// `WrongPassword` and `TooManyAttempts` for the current password; `PasswordUnchanged` and `WeakPassword` for the new
/// one; `NoPassword` for a user of the external identity provider.
pub async fn change(
    State(state): State<AppState>,
    caller: Caller,
    Json(change): Json<ChangePasswordRequest>,
) -> Result<NoContent> {
    let session = caller.session()?;
    let is_unchanged = password_hash::is_same(change.current.expose(), change.new.expose());
    current_password::require(&state, &caller, "current", change.current).await?;
    if is_unchanged {
        return Err(Error::PasswordUnchanged("new"));
    }
    let known_words = [caller.user.username.as_str(), caller.user.name.as_str()];
    let password_hash = state.password_hasher.hash("new", &change.new, known_words).await?;
    state.store.change_password(&caller.user, session, &password_hash).await?;
    Ok(NoContent)
}
