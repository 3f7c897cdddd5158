//! The handlers for accounts: log in, sign up and log out.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderMap;

use crate::AppState;
use crate::auth::client_context::ClientContext;
use crate::auth::same_site::SameSite;
use crate::auth::session;
use crate::lite::form_state::FormId;
use crate::lite::language::Language;
use crate::lite::list::List;
use crate::lite::redisplay;
use crate::sessions::{log_in, log_out};
use crate::users::sign_up;
use crate::web::error::Result;
use crate::web::extract::Form;

/// Makes the browser delete what the app has stored, such as the access token (W3C, Clear Site Data, section 3.1).
const CLEAR_APP_STORAGE: (&str, &str) = ("clear-site-data", "\"storage\"");

/// `POST /lite/login`: creates a session.
pub async fn log_in(
    State(state): State<AppState>,
    _: SameSite,
    client: ClientContext,
    language: Language,
    headers: HeaderMap,
    form: Form,
) -> Result<Response> {
    let result = async { log_in::create_session(&state, client, form.parse()?).await };
    match result.await {
        Ok(session) => Ok((session.cookies(state.config.mode), redirect_home()).into_response()),
        Err(error) => redisplay(&state, language, &headers, (FormId::LogIn, form), error).await,
    }
}

/// `POST /lite/signup`: creates an account and its first session.
pub async fn sign_up(
    State(state): State<AppState>,
    _: SameSite,
    client: ClientContext,
    language: Language,
    headers: HeaderMap,
    form: Form,
) -> Result<Response> {
    let result = async { sign_up::create_account(&state, client, form.parse()?).await };
    match result.await {
        Ok(session) => Ok((session.cookies(state.config.mode), redirect_home()).into_response()),
        Err(error) => redisplay(&state, language, &headers, (FormId::SignUp, form), error).await,
    }
}

/// `POST /lite/logout`: ends the session of the cookie, also for the app in this browser.
pub async fn log_out(
    State(state): State<AppState>,
    _: SameSite,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    log_out::end_sessions(&state, &headers).await?;
    Ok((session::delete_cookie(state.config.mode), [CLEAR_APP_STORAGE], redirect_home()))
}

/// Responds with 303 after a form, so that reloading the page does not send the form again.
fn redirect_home() -> Redirect {
    Redirect::to(List::Messages.path())
}
