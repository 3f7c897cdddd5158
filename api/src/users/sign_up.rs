//! Sign-up: creates an account and logs its user in.

use std::collections::BTreeMap;

use axum::extract::State;
use shared::sessions::TokenResponse;
use shared::users::SignUpRequest;

use crate::AppState;
use crate::auth::login_client::LoginClient;
use crate::auth::new_session::{NewSession, SetCookies};
use crate::auth::same_site::SameSite;
use crate::auth::{rate_limit, session};
use crate::store::users::User;
use crate::web::created::Created;
use crate::web::error::{Error, Result};
use crate::web::json::Json;

/// `POST /api/signup`: creates an account and its first session, and returns an access token.
pub async fn sign_up(
    State(state): State<AppState>,
    _: SameSite,
    client: LoginClient,
    Json(sign_up): Json<SignUpRequest>,
) -> Result<(SetCookies, Created<TokenResponse>)> {
    let session = create_account(&state, client, sign_up).await?;
    let (cookies, token) = session.into_token(&state).await?;
    Ok((cookies, Created(token)))
}

/// Creates an account and its first session, and ends the current session of the browser.
///
/// # Errors
/// `WeakPassword`; `UsernameTaken`; `TooManyAttempts` after many sign-ups from this address.
pub async fn create_account(
    state: &AppState,
    client: LoginClient,
    sign_up: SignUpRequest,
) -> Result<NewSession> {
    let state = state.clone();
    rate_limit::run_to_completion(async move {
        let attempt = rate_limit::begin_sign_up(&state, client.address).await?;
        let session = store_account(&state, client, sign_up).await;
        // If the database is unavailable, it may have created the account.
        if !matches!(session, Ok(_) | Err(Error::UsernameTaken | Error::Unavailable(_))) {
            attempt.refund().await;
        }
        session
    })
    .await
}

async fn store_account(state: &AppState, client: LoginClient, sign_up: SignUpRequest) -> Result<NewSession> {
    let (username, name) = (sign_up.username.into_username(), sign_up.name);
    // Avoids a useless password hash. Only the conditional write in `Store::sign_up` guarantees that the username is
    // free.
    if state.store.is_username_taken(&username).await? {
        return Err(Error::UsernameTaken);
    }
    let known_words = [username.as_str(), name.as_str()];
    let password_hash = state.password_hasher.hash("password", &sign_up.password, known_words).await?;
    let now = state.clock.now();
    let mut user = User {
        username: username.as_str().to_owned(),
        name: name.as_str().to_owned(),
        password_hash: Some(password_hash),
        generation: 1,
        created_at: now,
        known_devices: BTreeMap::new(),
    };
    let (device_secrets, device) = client.device_secrets.make_known_for(&user, now)?;
    user.known_devices.insert(device.id, device.last_login);
    let (session, session_secret) = session::create(&user, client.user_agent, now)?;
    state.store.sign_up(&user, &session, client.current_sid.as_deref()).await?;
    Ok(NewSession { session, user, session_secret, device_secrets })
}
