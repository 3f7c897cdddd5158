//! Accounts: signing up, logging in and out, and all that people do with their account.

pub mod login;
pub mod sessions;

use axum::extract::State;
use axum::response::{AppendHeaders, IntoResponse, Response};
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use jiff::SignedDuration;
use shared::account::{
    ChangePassword, DeleteMe, EditMe, Export, ExportedSession, LoggedIn, Login, Person, Signup, Typed,
};

use crate::AppState;
use crate::account::login::{NewLogin, SetCookies, Visitor};
use crate::auth::same_site::SameSite;
use crate::auth::{Caller, Claims};
use crate::config::Mode;
use crate::error::{Error, Result};
use crate::extract::Json;
use crate::page::Which;
use crate::rate_limit::{self, password::PasswordAttempt};
use crate::session;
use crate::store::account::User;
use crate::store::identity::Identity;
use crate::store::session::Session;

/// `POST /api/signup`: a new account, logged in at once.
pub async fn signup(
    State(state): State<AppState>,
    _: SameSite,
    visitor: Visitor,
    Json(signup): Json<Signup>,
) -> Result<impl IntoResponse> {
    let login = login::sign_up(&state, visitor, signup).await?;
    Ok((StatusCode::CREATED, answer(&state, login).await?))
}

/// `POST /api/login`: a new session.
pub async fn login(
    State(state): State<AppState>,
    _: SameSite,
    visitor: Visitor,
    Json(login): Json<Login>,
) -> Result<impl IntoResponse> {
    let login = login::log_in(&state, visitor, login).await?;
    answer(&state, login).await
}

async fn answer(state: &AppState, login: NewLogin) -> Result<(SetCookies, Json<LoggedIn>)> {
    let cookies = login.cookies(state.config.mode);
    Ok((cookies, Json(session::logged_in(state, &login.session, login.user).await?)))
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
    login::log_out(&state, &headers).await?;
    Ok((StatusCode::NO_CONTENT, without_cookie(state.config.mode)))
}

/// `GET /api/me`: the caller's account.
pub async fn me(caller: Caller) -> Json<shared::account::User> {
    Json(caller.user.into())
}

/// `PATCH /api/me`: another name, from now on.
pub async fn rename(
    State(state): State<AppState>,
    mut caller: Caller,
    Json(edit): Json<EditMe>,
) -> Result<Json<shared::account::User>> {
    rate_limit::edit(&state, &caller.user.username).await?;
    caller.user.name = edit.name.as_str().to_owned();
    state.store.rename(&caller.user.username, &caller.user.name).await?;
    Ok(Json(caller.user.into()))
}

/// `PUT /api/me/password`: another password. Every other session ends.
pub async fn change_password(
    State(state): State<AppState>,
    caller: Caller,
    Json(change): Json<ChangePassword>,
) -> Result<StatusCode> {
    let session = caller.session()?;
    confirm(&state, &caller, "current", change.current).await?;
    let known = [caller.user.username.as_str(), caller.user.name.as_str()];
    let password = state.passwords.hash("new", &change.new, known).await?;
    state.store.change_password(&caller.user, session, &password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How young a token must be to stand in for the password that people of an outside issuer don't have.
const YOUNG: SignedDuration = SignedDuration::from_mins(5);

/// `POST /api/me/delete`: deletes the account and all that belongs to it. 202 while there is more
/// to delete: ask again.
pub async fn delete(
    State(state): State<AppState>,
    caller: Caller,
    Json(DeleteMe { password }): Json<DeleteMe>,
) -> Result<Response> {
    match (&caller.claims, password) {
        (Claims::Ours(_), Some(password)) => confirm(&state, &caller, "password", password).await?,
        (Claims::Ours(_), None) => return Err(Error::missing("password")),
        (Claims::Outside(_), Some(_)) => return Err(Error::NoPassword),
        (Claims::Outside(claims), None) if claims.is_younger_than(YOUNG, state.clock.now()) => {}
        (Claims::Outside(_), None) => return Err(Error::TokenTooOld),
    }
    let username = &caller.user.username;
    // The caller's own session goes last, with the user: it is what asks again.
    let own = caller.session.as_ref().map(|session| session.sid.as_str());
    if state.store.delete_some_of(username, own).await? {
        return Ok(StatusCode::ACCEPTED.into_response());
    }
    let now = state.clock.now();
    match &caller.claims {
        Claims::Ours(_) => state.store.close(username, &caller.session()?.sid, now).await?,
        Claims::Outside(claims) => state.store.leave(&Identity::of(&claims.iss, &claims.sub), now).await?,
    }
    // What other sessions added until they were closed out.
    while state.store.delete_some_of(username, None).await? {}
    Ok((StatusCode::NO_CONTENT, without_cookie(state.config.mode)).into_response())
}

/// `GET /api/me/export`: what is stored about the caller, a page at a time.
pub async fn export(State(state): State<AppState>, caller: Caller, which: Which) -> Result<Json<Export>> {
    let mut owned = state.store.owned(&caller.user.clone().into(), which.before()).await?;
    owned.sessions.retain(|session| session::is_live(session, &caller.user, state.clock.now()));
    let exported = |Session { created_at, used_at, device, .. }: Session| ExportedSession {
        created_at,
        used_at,
        browser: device.browser,
        system: device.system,
    };
    Ok(Json(Export {
        user: caller.user.into(),
        sessions: owned.sessions.into_iter().map(exported).collect(),
        messages: owned.messages,
        wishes: owned.wishes,
        next: owned.next,
    }))
}

/// Requires the password of the caller, who has a session. Wrong ones have a limit of their own.
async fn confirm(state: &AppState, caller: &Caller, field: &'static str, password: Typed) -> Result<()> {
    let sid = caller.session()?.sid.clone();
    let (state, hash) = (state.clone(), caller.user.password.clone());
    rate_limit::run_to_end(async move {
        let attempt = PasswordAttempt::confirm(&state, &sid).await?;
        let is_correct = state.passwords.verify(password.expose(), hash.as_deref()).await;
        attempt.settle(matches!(is_correct, Ok(false))).await;
        is_correct?.then_some(()).ok_or(Error::WrongPassword(field))
    })
    .await
}

/// A header that is added to those of an answer.
type SetCookie = AppendHeaders<[(HeaderName, HeaderValue); 1]>;

fn without_cookie(mode: Mode) -> SetCookie {
    AppendHeaders([(SET_COOKIE, session::COOKIE.delete(mode))])
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
