//! The handlers for accounts: log in, sign up and log out.

use axum::extract::State;
use axum::response::Redirect;
use http::{HeaderMap, HeaderName};
use shared::sessions::LogInRequest;
use shared::users::SignUpRequest;

use crate::AppState;
use crate::auth::login_client::LoginClient;
use crate::auth::same_site::SameSite;
use crate::auth::session::{self, DeleteCookie};
use crate::lite::form_id::FormId;
use crate::lite::list::List;
use crate::lite::submitted_form::{FormResponse, SubmittedForm};
use crate::sessions::{log_in, log_out};
use crate::users::sign_up;
use crate::web::error::Result;

/// Makes the browser delete what the app has stored, such as the access token (W3C, Clear Site Data, section 3.1).
const CLEAR_APP_STORAGE: (HeaderName, &str) = (HeaderName::from_static("clear-site-data"), "\"storage\"");

/// `POST /lite/login`: creates a session.
pub async fn log_in(
    _: SameSite,
    client: LoginClient,
    request: SubmittedForm<LogInRequest>,
) -> Result<FormResponse> {
    let state = &request.state;
    let session = async { log_in::create_session(state, client, request.parse()?).await };
    let cookies = session.await.map(|session| session.cookies(state.config.mode));
    request.respond(FormId::LogIn, cookies).await
}

/// `POST /lite/signup`: creates an account and its first session.
pub async fn sign_up(
    _: SameSite,
    client: LoginClient,
    request: SubmittedForm<SignUpRequest>,
) -> Result<FormResponse> {
    let state = &request.state;
    let session = async { sign_up::create_account(state, client, request.parse()?).await };
    let cookies = session.await.map(|session| session.cookies(state.config.mode));
    request.respond(FormId::SignUp, cookies).await
}

/// `POST /lite/logout`: ends the session of the cookie, also for the app in this browser.
pub async fn log_out(
    State(state): State<AppState>,
    _: SameSite,
    headers: HeaderMap,
) -> Result<(DeleteCookie, ([(HeaderName, &'static str); 1], Redirect))> {
    log_out::end_sessions(&state, &headers).await?;
    let redirect = Redirect::to(List::Messages.path());
    Ok((session::delete_cookie(state.config.mode), ([CLEAR_APP_STORAGE], redirect)))
}
