//! Creates, edits and deletes posts within rate limits, for the handlers of messages and wishes.

use axum::response::NoContent;
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::AppState;
use crate::auth::caller::Caller;
use crate::auth::rate_limit;
use crate::crypto::sha256_base64url;
use crate::store::post_kind::PostKind;
use crate::store::posts::CreateOutcome;
use crate::web::error::{Error, Result};
use crate::web::idempotency_key::IdempotencyKey;
use crate::web::json::Json;

/// Creates the post that `request` describes. If the same request has created it before, returns the stored post. Such
/// a retry does not count toward the rate limit, and it succeeds even if the limit is exceeded.
///
/// # Errors
/// `TooManyAttempts`; `SessionEnded` if the owner is deleted at the same time; `Gone` if the post has been deleted since;
/// `KeyReused` if the key belongs to another post.
pub async fn create<T: PostKind + 'static>(
    state: &AppState,
    key: IdempotencyKey,
    request: &impl Serialize,
    post: T,
    now: Timestamp,
) -> Result<T> {
    let request_hash = hash_request(request)?;
    let state = state.clone();
    rate_limit::run_to_completion(async move {
        let attempt = match rate_limit::begin_post(&state, &post.owner().username).await {
            Err(refused @ Error::TooManyAttempts { .. }) => {
                return state.store.find_replayed_post(key.id, &post, &request_hash).await?.ok_or(refused);
            }
            attempt => attempt?,
        };
        match state.store.create_post(key.id, post, request_hash, now).await {
            Ok(CreateOutcome::Created(post)) => {
                state.store.delete_if_owner_is_deleted(key.id, &post).await?;
                Ok(post)
            }
            Ok(CreateOutcome::Replayed(post)) => {
                attempt.refund().await;
                Ok(post)
            }
            // The post may have been created, although the response of the database was lost.
            Err(error @ Error::Unavailable(_)) => Err(error),
            Err(error) => {
                attempt.refund().await;
                Err(error)
            }
        }
    })
    .await
}

/// Returns the hash that distinguishes a retry from another request with the same idempotency key.
fn hash_request(request: &impl Serialize) -> Result<String> {
    serde_json::to_vec(request).map(sha256_base64url).map_err(Error::internal)
}

/// Edits a post of the caller if it still has this version. Failed edits count toward the rate limit too.
///
/// # Errors
/// `TooManyAttempts`; `NotFound`; `NotYours`; `EditConflict`, which contains the current post.
pub async fn edit<T: PostKind>(
    state: &AppState,
    caller: Caller,
    id: Uuid,
    version: u64,
    edit: impl FnOnce(T) -> T,
) -> Result<Json<T>> {
    rate_limit::count_edit(state, &caller.user.username).await?;
    state.store.edit_post(id, &caller.user.into(), version, edit).await.map(Json)
}

/// Deletes a post of the caller. Responds with 204, even if it is already deleted.
///
/// # Errors
/// `NotFound`; `NotYours`.
pub async fn delete<T: PostKind>(state: &AppState, caller: Caller, id: Uuid) -> Result<NoContent> {
    state.store.delete_post::<T>(id, &caller.user.username, state.clock.now()).await?;
    Ok(NoContent)
}
