//! The caller's profile: returns it, and changes the display name.

use axum::extract::State;
use shared::users::EditProfileRequest;

use crate::AppState;
use crate::auth::caller::Caller;
use crate::auth::rate_limit;
use crate::web::error::Result;
use crate::web::json::Json;

/// `GET /api/me`: returns the caller's profile.
pub async fn get(caller: Caller) -> Json<shared::users::User> {
    Json(caller.user.into())
}

/// `PATCH /api/me`: changes the display name, which all posts of the user show.
pub async fn rename(
    State(state): State<AppState>,
    mut caller: Caller,
    Json(edit): Json<EditProfileRequest>,
) -> Result<Json<shared::users::User>> {
    rate_limit::count_edit(&state, &caller.user.username).await?;
    caller.user.name = edit.name.as_str().to_owned();
    state.store.edit_display_name(&caller.user.username, &caller.user.name).await?;
    Ok(Json(caller.user.into()))
}
