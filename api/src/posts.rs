//! Creates posts (messages and wishes) within their author's rate limit.

use jiff::Timestamp;
use uuid::Uuid;

use crate::AppState;
use crate::auth::rate_limit;
use crate::store::posts::{Creation, PostKind};
use crate::web::error::{Error, Result};

/// Stores a post under its id. Returns the stored post if the same request has created it before,
/// which does not count for the rate limit and works beyond it too.
///
/// # Errors
/// `TooManyTries`; `Gone` if the post was deleted; `KeyReused` if the id belongs to another post.
pub async fn create<T: PostKind + 'static>(
    state: &AppState,
    id: Uuid,
    post: T,
    request: String,
    now: Timestamp,
) -> Result<T> {
    let state = state.clone();
    rate_limit::run_to_end(async move {
        let attempt = match rate_limit::begin_post(&state, &post.owner().username).await {
            Err(refused @ Error::TooManyTries { .. }) => {
                return state.store.find_replay(id, &post, &request).await?.ok_or(refused);
            }
            attempt => attempt?,
        };
        match state.store.add(id, post, request, now).await {
            Ok(Creation::Now(post)) => Ok(post),
            Ok(Creation::Before(post)) => {
                attempt.refund().await;
                Ok(post)
            }
            Err(error) => {
                attempt.refund().await;
                Err(error)
            }
        }
    })
    .await
}
