//! Login with a password.

use axum::extract::State;
use shared::sessions::{LogInRequest, TokenResponse};
use shared::users::Username;

use crate::AppState;
use crate::auth::client_address::ClientAddress;
use crate::auth::known_device::DeviceSecrets;
use crate::auth::login_client::LoginClient;
use crate::auth::new_session::{NewSession, SetCookies};
use crate::auth::rate_limit::password_attempt::PasswordAttempt;
use crate::auth::same_site::SameSite;
use crate::auth::{rate_limit, session};
use crate::store::users::User;
use crate::web::error::{Error, Result};
use crate::web::json::Json;

/// `POST /api/login`: creates a session and returns an access token.
pub async fn log_in(
    State(state): State<AppState>,
    _: SameSite,
    client: LoginClient,
    Json(login): Json<LogInRequest>,
) -> Result<(SetCookies, Json<TokenResponse>)> {
    let (cookies, token) = create_session(&state, client, login).await?.into_token(&state).await?;
    Ok((cookies, Json(token)))
}

/// Creates a session for a user whose password is correct, and ends the current session of the browser. An unknown
/// username takes as long as a wrong password.
///
/// # Errors
/// `WrongLogin` if the username or the password is wrong, without saying which; `TooManyAttempts` after many wrong
/// passwords.
pub async fn create_session(
    state: &AppState,
    client: LoginClient,
    login: LogInRequest,
) -> Result<NewSession> {
    let check = check_password(state.clone(), client.address, client.device_secrets.clone(), login);
    let user = rate_limit::run_to_completion(check).await?;
    let now = state.clock.now();
    let (device_secrets, device) = client.device_secrets.make_known_for(&user, now)?;
    let (session, session_secret) = session::create(&user, client.user_agent, now)?;
    state.store.log_in(&user, &session, &device, client.current_sid.as_deref()).await?;
    Ok(NewSession { session, user, session_secret, device_secrets })
}

/// Returns the user with this username and password. A wrong password counts as an attempt.
async fn check_password(
    state: AppState,
    address: ClientAddress,
    device_secrets: DeviceSecrets,
    login: LogInRequest,
) -> Result<User> {
    let user = match Username::parse(&login.username) {
        Ok(username) => state.store.find_user(&username).await?,
        Err(_) => None,
    };
    let device = user.as_ref().and_then(|user| device_secrets.known_id(user, state.clock.now()));
    let attempt = PasswordAttempt::begin_login(&state, &login.username, device.as_deref(), address).await?;
    let hash = user.as_ref().and_then(|user| user.password_hash.as_deref());
    let is_correct = state.password_hasher.verify(login.password.expose(), hash).await;
    attempt.settle(matches!(is_correct, Ok(false))).await;
    let is_correct = is_correct?;
    user.filter(|_| is_correct).ok_or(Error::WrongLogin)
}
