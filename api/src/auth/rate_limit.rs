//! Rate limits: how often a user, an address, a device or a session may attempt an action.
//!
//! The counters are in the table, so a limit applies across processes and restarts. A limit counts attempts in fixed
//! windows, which end at the same time for all subjects. Each attempt is counted by a conditional write before it is
//! made, so parallel attempts never exceed the limit. If the outcome shows that the attempt does not count, it is
//! refunded. Each counter expires with its window, so every lock ends, even if a process crashes before it settles an
//! attempt.

mod attempt;
mod limits;
pub mod password_attempt;

use tracing::Instrument;

use crate::AppState;
use crate::auth::client_address::ClientAddress;
use crate::auth::rate_limit::attempt::{Attempt, refusal};
use crate::auth::rate_limit::limits::{EDITS_PER_USER, POSTS_PER_USER, RateLimit, SIGN_UPS_PER_ADDRESS};
use crate::web::error::{Error, Result};

/// Counts a sign-up from this address.
///
/// # Errors
/// `TooManyAttempts`, with the seconds to wait.
pub async fn begin_sign_up(state: &AppState, address: ClientAddress) -> Result<Attempt> {
    begin(state, &SIGN_UPS_PER_ADDRESS, &address.to_string()).await
}

/// Counts a new post of this user.
///
/// # Errors
/// `TooManyAttempts`, with the seconds to wait.
pub async fn begin_post(state: &AppState, username: &str) -> Result<Attempt> {
    begin(state, &POSTS_PER_USER, username).await
}

/// Counts an edit by this user. Edits are never refunded, because a rejected edit costs as much as an accepted one.
///
/// # Errors
/// `TooManyAttempts`, with the seconds to wait.
pub async fn count_edit(state: &AppState, username: &str) -> Result<()> {
    begin(state, &EDITS_PER_USER, username).await.map(drop)
}

async fn begin(state: &AppState, limit: &RateLimit, subject: &str) -> Result<Attempt> {
    let counter = limit.counter(state, subject);
    Attempt::begin(state, &counter, false).await?.map_err(|count| refusal(state, &counter, count))
}

/// Runs a future in its own task. The task finishes even if the client disconnects and the request's future is dropped,
/// so each attempt in it is settled or refunded.
///
/// # Errors
/// Those of the future; `Internal` if it panics.
pub async fn run_to_completion<T: Send + 'static>(
    future: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    tokio::spawn(future.in_current_span()).await.map_err(Error::internal)?
}
