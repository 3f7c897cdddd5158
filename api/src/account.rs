//! Accounts: signing up, logging in and out, and who one is.

use axum::extract::State;
use axum::response::{AppendHeaders, IntoResponse};
use http::header::SET_COOKIE;
use http::{HeaderMap, StatusCode};
use shared::account::{LoggedIn, Login, Person, Signup, Username};

use crate::AppState;
use crate::auth::{self, Caller};
use crate::clock::rfc3339;
use crate::error::{Error, Result};
use crate::extract::Json;
use crate::session::{self, SameSite, Secret};
use crate::store::account::{Session, User};

/// `POST /api/signup`: a new account, logged in at once.
pub async fn signup(
    State(state): State<AppState>,
    _: SameSite,
    Json(Signup { username, password, name }): Json<Signup>,
) -> Result<impl IntoResponse> {
    let username = username.into_username();
    let hash = state.passwords.hash(&password, [username.as_str(), name.as_str()]).await?;
    let now = state.clock.now();
    let user = User {
        username: username.as_str().to_owned(),
        name: name.as_str().to_owned(),
        password: hash,
        generation: 1,
        created_at: rfc3339(now),
    };
    let (session, secret) = session::start(&user.username, user.generation, now)?;
    state.store.sign_up(&user, &session).await?;
    Ok((StatusCode::CREATED, with_cookie(&secret), Json(session::logged_in(&state, &session, user).await?)))
}

/// `POST /api/login`: a new session.
pub async fn login(
    State(state): State<AppState>,
    _: SameSite,
    Json(login): Json<Login>,
) -> Result<impl IntoResponse> {
    let (session, user, secret) = log_in(&state, &login).await?;
    Ok((with_cookie(&secret), Json(session::logged_in(&state, &session, user).await?)))
}

/// A new session for whoever knows the password. An unknown username takes as long as a wrong
/// password.
///
/// # Errors
/// `WrongLogin`, which never says what was wrong.
pub async fn log_in(state: &AppState, login: &Login) -> Result<(Session, User, Secret)> {
    let user = match Username::parse(&login.username) {
        Ok(username) => state.store.user(&username).await?,
        Err(_) => None,
    };
    let hash = user.as_ref().map(|user| user.password.as_str());
    let right = state.passwords.verify(login.password.expose(), hash).await?;
    let user = user.filter(|_| right).ok_or(Error::WrongLogin)?;
    let (session, secret) = session::start(&user.username, user.generation, state.clock.now())?;
    state.store.log_in(&session).await?;
    Ok((session, user, secret))
}

/// `POST /api/token`: a new token for the session of the cookie.
pub async fn token(State(state): State<AppState>, _: SameSite, headers: HeaderMap) -> Result<Json<LoggedIn>> {
    let (session, user) = session::of_cookie(&state, &headers).await?;
    session::logged_in(&state, &session, user).await.map(Json)
}

/// `POST /api/logout`: ends the session of the cookie and that of the token, whichever is there.
pub async fn logout(
    State(state): State<AppState>,
    _: SameSite,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    let of_token = match auth::of_headers(&state, &headers).await {
        Ok(caller) => Some(caller.session.sid),
        Err(Error::NotLoggedIn | Error::LoginEnded) => None,
        Err(error) => return Err(error),
    };
    let of_cookie = session::sid_of_cookie(&headers).filter(|sid| Some(sid) != of_token.as_ref());
    let sids: Vec<&str> = of_token.iter().chain(&of_cookie).map(String::as_str).collect();
    if !sids.is_empty() {
        state.store.end_sessions(&sids).await?;
    }
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(SET_COOKIE, session::forget_cookie())])))
}

/// `GET /api/me`: the caller's account.
pub async fn me(caller: Caller) -> Json<shared::account::User> {
    Json(caller.user.into())
}

fn with_cookie(secret: &Secret) -> impl axum::response::IntoResponseParts + use<> {
    AppendHeaders([(SET_COOKIE, secret.set_cookie())])
}

impl From<User> for shared::account::User {
    fn from(User { username, name, created_at, .. }: User) -> Self {
        Self { username, name, created_at }
    }
}

impl From<User> for Person {
    fn from(User { username, name, .. }: User) -> Self {
        Self { username, name }
    }
}
