//! Confirmation by the current password: required for changes that a stolen access token must not be able to make.

use shared::users::PasswordInput;

use crate::AppState;
use crate::auth::caller::Caller;
use crate::auth::rate_limit;
use crate::auth::rate_limit::password_attempt::PasswordAttempt;
use crate::web::error::{Error, Result};

/// Checks the password of the caller, who must have a session. Wrong passwords count toward the limit of the session,
/// not of the account, so that another client cannot lock the user out of these changes.
///
/// # Errors
/// `WrongPassword` for `field`; `TooManyAttempts` after many wrong passwords; `NoPassword` for a user of the external
/// identity provider.
pub(super) async fn require(
    state: &AppState,
    caller: &Caller,
    field: &'static str,
    password: PasswordInput,
) -> Result<()> {
    let sid = caller.session()?.sid.clone();
    let (state, hash) = (state.clone(), caller.user.password_hash.clone());
    rate_limit::run_to_completion(async move {
        let attempt = PasswordAttempt::begin_confirmation(&state, &sid).await?;
        let is_correct = state.password_hasher.verify(password.expose(), hash.as_deref()).await;
        attempt.settle(matches!(is_correct, Ok(false))).await;
        is_correct?.then_some(()).ok_or(Error::WrongPassword(field))
    })
    .await
}
