//! Account deletion: deletes the user and everything that the user owns.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use jiff::SignedDuration;
use shared::users::DeleteAccountRequest;

use super::current_password;
use crate::AppState;
use crate::auth::caller::{Caller, Claims};
use crate::auth::session::{self, DeleteCookie};
use crate::store::external_identities::ExternalIdentity;
use crate::web::describe::DescribeResponse;
use crate::web::error::{Error, Result};
use crate::web::json::Json;
use crate::web::operation::Operation;

/// Maximum age of an external access token that confirms the deletion instead of a password: 5 minutes.
const EXTERNAL_TOKEN_MAX_AGE: SignedDuration = SignedDuration::from_mins(5);

/// The response to a deletion.
pub enum DeletionResponse {
    /// 204: the account and everything that it owned is deleted.
    Deleted(DeleteCookie),
    /// 202: there is more to delete.
    MoreToDelete,
}

impl IntoResponse for DeletionResponse {
    fn into_response(self) -> Response {
        match self {
            Self::Deleted(delete_cookie) => (StatusCode::NO_CONTENT, delete_cookie).into_response(),
            Self::MoreToDelete => StatusCode::ACCEPTED.into_response(),
        }
    }
}

impl DescribeResponse for DeletionResponse {
    fn describe(operation: &mut Operation<'_>) {
        operation.response(204, "The account and everything that it owned are deleted.");
        operation.response(202, "There is more to delete: repeat the request.");
    }
}

/// `POST /api/me/delete`: deletes the account and everything that it owns. Responds with 202 if there is more to
/// delete; then the client must repeat the request.
pub async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Json(DeleteAccountRequest { password }): Json<DeleteAccountRequest>,
) -> Result<DeletionResponse> {
    match (&caller.claims, password) {
        (Claims::Own(_), Some(password)) => {
            current_password::require(&state, &caller, "password", password).await?
        }
        (Claims::Own(_), None) => return Err(Error::missing("password")),
        (Claims::External(_), Some(_)) => return Err(Error::NoPassword),
        (Claims::External(claims), None)
            if claims.is_younger_than(EXTERNAL_TOKEN_MAX_AGE, state.clock.now()) => {}
        (Claims::External(_), None) => return Err(Error::TokenTooOld),
    }
    let username = &caller.user.username;
    // Keeps the current session until the user is deleted, because the client may have to repeat the request with it.
    let current_sid = caller.session.as_ref().map(|session| session.sid.as_str());
    if state.store.delete_owned_items(username, current_sid).await? {
        return Ok(DeletionResponse::MoreToDelete);
    }
    let now = state.clock.now();
    match &caller.claims {
        Claims::Own(_) => state.store.delete_user(username, &caller.session()?.sid, now).await?,
        Claims::External(claims) => {
            state.store.delete_external_user(&ExternalIdentity::new(&claims.iss, &claims.sub), now).await?
        }
    }
    // Deletes the items that other sessions have created in the meantime.
    while state.store.delete_owned_items(username, None).await? {}
    Ok(DeletionResponse::Deleted(session::delete_cookie(state.config.mode)))
}
