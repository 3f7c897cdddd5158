//! HTML pages without JavaScript: logging in and out, signing up, reading and posting messages.
//!
//! They use the same features as the JSON API and identify the user by the session cookie. Errors are pages too.

mod form;
mod html;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, SET_COOKIE,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use maud::Markup;
use serde::Deserialize;
use shared::messages::{Message, MessageBody, NewMessage};
use shared::problem::Problem;

use crate::auth::client_context::ClientContext;
use crate::auth::same_site::SameSite;
use crate::auth::session;
use crate::lite::form::{FormName, RejectedForm};
use crate::sessions::{log_in, log_out};
use crate::store::users::User;
use crate::users::sign_up;
use crate::web::error::{Error, Result};
use crate::web::extract::Form;
use crate::web::headers;
use crate::web::idempotency_key::IdempotencyKey;
use crate::web::pagination::PageQuery;
use crate::{AppState, messages};

/// `GET /lite`: the newest messages, or those before a cursor, and the forms that there are for
/// whoever asks.
pub async fn show(State(state): State<AppState>, headers: HeaderMap, query: PageQuery) -> Result<Response> {
    let user = user_of(&state, &headers).await?;
    let messages = messages::read_page(&state, &query).await?;
    Ok(with_page(StatusCode::OK.into_response(), html::page(user.as_ref(), &messages, None)))
}

/// `POST /lite/login`: a new session.
pub async fn log_in(
    State(state): State<AppState>,
    _: SameSite,
    client: ClientContext,
    headers: HeaderMap,
    form: Form,
) -> Result<Response> {
    let entered = async { log_in::create_session(&state, client, form.parse()?).await };
    match entered.await {
        Ok(login) => Ok((login.cookies(state.config.mode), redirect_home()).into_response()),
        Err(error) => redisplay(&state, &headers, FormName::LogIn, form, error).await,
    }
}

/// `POST /lite/signup`: a new account, logged in at once.
pub async fn sign_up(
    State(state): State<AppState>,
    _: SameSite,
    client: ClientContext,
    headers: HeaderMap,
    form: Form,
) -> Result<Response> {
    let entered = async { sign_up::create_account(&state, client, form.parse()?).await };
    match entered.await {
        Ok(login) => Ok((login.cookies(state.config.mode), redirect_home()).into_response()),
        Err(error) => redisplay(&state, &headers, FormName::SignUp, form, error).await,
    }
}

/// `POST /lite/logout`: ends the session of the cookie.
pub async fn log_out(
    State(state): State<AppState>,
    _: SameSite,
    headers: HeaderMap,
) -> Result<impl IntoResponse> {
    log_out::end_sessions(&state, &headers).await?;
    Ok(([(SET_COOKIE, session::COOKIE.delete(state.config.mode))], redirect_home()))
}

/// `POST /lite/messages`: adds a message. Sending the same form again finds it.
pub async fn add_message(
    State(state): State<AppState>,
    _: SameSite,
    headers: HeaderMap,
    form: Form,
) -> Result<Response> {
    match add(&state, user_of(&state, &headers).await?, &form).await {
        Ok(_) => Ok(redirect_home().into_response()),
        Err(error) => redisplay(&state, &headers, FormName::Post, form, error).await,
    }
}

/// The form of a message.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Post {
    /// Whom the page with the form was made for.
    author: String,
    key: IdempotencyKey,
    body: MessageBody,
}

async fn add(state: &AppState, user: Option<User>, form: &Form) -> Result<Message> {
    let user = user.ok_or(Error::NotLoggedIn)?;
    let Post { author, key, body } = form.parse()?;
    // By now somebody else may have logged in in this browser.
    if author != user.username {
        return Err(Error::NotYours);
    }
    messages::create_by(state, user, key, NewMessage { body }).await
}

/// The paths of all pages, for [`redirect`].
const PATHS: [&str; 6] =
    ["/lite", "/lite/login", "/lite/signup", "/lite/logout", "/lite/messages", "/lite/style.css"];

/// Redirects `/lite/` to `/lite`, and every other page that is asked for with slashes at its end. 308 keeps the method
/// and the form, and the query goes along.
///
/// # Errors
/// `NotFound` for all other paths.
pub async fn redirect(uri: Uri) -> Result<impl IntoResponse> {
    let path = PATHS.into_iter().find(|path| *path == uri.path().trim_end_matches('/'));
    let location = match (path, uri.query()) {
        (Some(path), Some(query)) => HeaderValue::try_from(format!("{path}?{query}")).ok(),
        (path, None) => path.map(HeaderValue::from_static),
        (None, Some(_)) => None,
    };
    Ok((StatusCode::PERMANENT_REDIRECT, [(LOCATION, location.ok_or(Error::NotFound)?)]))
}

/// `GET /lite/style.css`
pub async fn style() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")];
    (headers, include_str!("lite/style.css"))
}

/// Makes a page of an error that has none yet.
pub async fn error_page(mut response: Response) -> Response {
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) => with_page(response, html::problem(&problem)),
        None => response,
    }
}

/// Whose session the cookie stands for. A forged or an old one is a guest's.
async fn user_of(state: &AppState, headers: &HeaderMap) -> Result<Option<User>> {
    match session::from_cookie(state, headers).await {
        Ok((_, user)) => Ok(Some(user)),
        Err(Error::NotLoggedIn) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The page once more, with what was typed and what is wrong with it.
async fn redisplay(
    state: &AppState,
    headers: &HeaderMap,
    form: FormName,
    value: Form,
    error: Error,
) -> Result<Response> {
    let mut response = error.into_response();
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return Ok(response) };
    let user = user_of(state, headers).await?;
    let messages = messages::read_page(state, &PageQuery::default()).await?;
    let rejected = RejectedForm { form, value, problem };
    Ok(with_page(response, html::page(user.as_ref(), &messages, Some(&rejected))))
}

/// Puts a page into an answer, whose status and headers stay.
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

/// After a form the browser asks for the page anew, so that a reload sends nothing twice: 303.
fn redirect_home() -> Redirect {
    Redirect::to("/lite")
}
