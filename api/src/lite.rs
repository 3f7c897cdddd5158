//! HTML pages without JavaScript: log in, log out, sign up, read messages and post messages.
//!
//! They use the same features as the JSON API and identify the user by the session cookie. Errors are pages too.

mod field;
mod form_state;
mod forms;
mod page;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use maud::Markup;
use serde::Deserialize;
use shared::messages::{Message, MessageBody, NewMessage};
use shared::problem::Problem;

use crate::auth::client_context::ClientContext;
use crate::auth::same_site::SameSite;
use crate::auth::session;
use crate::lite::form_state::{FormId, RejectedForm};
use crate::sessions::{log_in, log_out};
use crate::store::users::User;
use crate::users::sign_up;
use crate::web::compression::SameForAllUsers;
use crate::web::error::{Error, Result};
use crate::web::extract::Form;
use crate::web::headers;
use crate::web::idempotency_key::IdempotencyKey;
use crate::web::pagination::PageQuery;
use crate::{AppState, messages};

/// `GET /lite`: returns a page with messages, newest first, and with the forms for the user or guest.
pub async fn show(State(state): State<AppState>, headers: HeaderMap, query: PageQuery) -> Result<Response> {
    let user = find_user(&state, &headers).await?;
    let messages = messages::read_page(&state, &query).await?;
    let page = page::render(user.as_ref(), &messages, None);
    let mut response = with_page(StatusCode::OK.into_response(), page);
    if user.is_none() {
        response.extensions_mut().insert(SameForAllUsers);
    }
    Ok(response)
}

/// `POST /lite/login`: creates a session.
pub async fn log_in(
    State(state): State<AppState>,
    _: SameSite,
    client: ClientContext,
    headers: HeaderMap,
    form: Form,
) -> Result<Response> {
    let result = async { log_in::create_session(&state, client, form.parse()?).await };
    match result.await {
        Ok(session) => Ok((session.cookies(state.config.mode), redirect_home()).into_response()),
        Err(error) => redisplay(&state, &headers, FormId::LogIn, form, error).await,
    }
}

/// `POST /lite/signup`: creates an account and its first session.
pub async fn sign_up(
    State(state): State<AppState>,
    _: SameSite,
    client: ClientContext,
    headers: HeaderMap,
    form: Form,
) -> Result<Response> {
    let result = async { sign_up::create_account(&state, client, form.parse()?).await };
    match result.await {
        Ok(session) => Ok((session.cookies(state.config.mode), redirect_home()).into_response()),
        Err(error) => redisplay(&state, &headers, FormId::SignUp, form, error).await,
    }
}

/// `POST /lite/logout`: ends the session of the cookie.
pub async fn log_out(
    State(state): State<AppState>,
    _: SameSite,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    log_out::end_sessions(&state, &headers).await?;
    Ok((session::delete_cookie(state.config.mode), redirect_home()))
}

/// `POST /lite/messages`: creates a message. Sending the same form again has no further effect.
pub async fn create_message(
    State(state): State<AppState>,
    _: SameSite,
    headers: HeaderMap,
    form: Form,
) -> Result<Response> {
    let user = find_user(&state, &headers).await?;
    match create_from_form(&state, user, &form).await {
        Ok(_) => Ok(redirect_home().into_response()),
        Err(error) => redisplay(&state, &headers, FormId::NewMessage, form, error).await,
    }
}

/// The fields of the form for a new message.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewMessageForm {
    /// The username of the user who was logged in when the page was created.
    author: String,
    key: IdempotencyKey,
    body: MessageBody,
}

async fn create_from_form(state: &AppState, user: Option<User>, form: &Form) -> Result<Message> {
    let user = user.ok_or(Error::NotLoggedIn)?;
    let NewMessageForm { author, key, body } = form.parse()?;
    // Since then, another user may have logged in with the same browser.
    if author != user.username {
        return Err(Error::NotYours);
    }
    messages::create_by(state, user, key, NewMessage { body }).await
}

/// The paths of all pages.
const PAGE_PATHS: [&str; 6] =
    ["/lite", "/lite/login", "/lite/signup", "/lite/logout", "/lite/messages", "/lite/style.css"];

/// Redirects the path of a page with trailing slashes to the path without them. The status 308 keeps the method and the
/// form. The query is kept too.
///
/// # Errors
/// `NotFound` for all other paths.
pub async fn redirect_trailing_slash(uri: Uri) -> Result<impl IntoResponse> {
    let path = PAGE_PATHS.into_iter().find(|path| *path == uri.path().trim_end_matches('/'));
    let location = match (path, uri.query()) {
        (Some(path), Some(query)) => HeaderValue::try_from(format!("{path}?{query}")).ok(),
        (path, None) => path.map(HeaderValue::from_static),
        (None, Some(_)) => None,
    };
    Ok((StatusCode::PERMANENT_REDIRECT, [(LOCATION, location.ok_or(Error::NotFound)?)]))
}

/// `GET /lite/style.css`: returns the stylesheet of the pages.
pub async fn stylesheet() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")];
    (headers, include_str!("lite/style.css"))
}

/// Replaces the JSON body of an error with a page. Leaves pages that contain an error unchanged.
pub async fn error_page(mut response: Response) -> Response {
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) => with_page(response, page::render_error(&problem)),
        None => response,
    }
}

/// Finds the user of the session cookie. Returns `None` for guests, whose cookie is missing, invalid or expired.
async fn find_user(state: &AppState, headers: &HeaderMap) -> Result<Option<User>> {
    match session::from_cookie(state, headers).await {
        Ok((_, user)) => Ok(Some(user)),
        Err(Error::NotLoggedIn) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns the page with a rejected form: the values as typed, and the error.
async fn redisplay(
    state: &AppState,
    headers: &HeaderMap,
    form_id: FormId,
    form: Form,
    error: Error,
) -> Result<Response> {
    let mut response = error.into_response();
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return Ok(response) };
    let user = find_user(state, headers).await?;
    let messages = messages::read_page(state, &PageQuery::default()).await?;
    let rejected = RejectedForm { id: form_id, form, problem };
    Ok(with_page(response, page::render(user.as_ref(), &messages, Some(&rejected))))
}

/// Replaces the body of a response with a page. Keeps the status and the other headers.
fn with_page(response: Response, page: Markup) -> Response {
    const HEADERS: [(HeaderName, &str); 2] =
        [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, headers::LITE_CSP)];
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    for (name, value) in HEADERS {
        parts.headers.insert(name, HeaderValue::from_static(value));
    }
    Response::from_parts(parts, page.into_string().into())
}

/// Responds with 303 after a form, so that reloading the page does not send the form again.
fn redirect_home() -> Redirect {
    Redirect::to("/lite")
}
