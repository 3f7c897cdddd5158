//! HTML pages without JavaScript: log in, log out, sign up, read and post messages, read and add wishes.
//!
//! They use the same features as the JSON API and identify the user by the session cookie. The browser's
//! `Accept-Language` decides between English and German. Errors are pages too.

pub mod accounts;
mod article;
mod field;
mod form_id;
mod form_state;
mod forms;
mod language;
mod list;
mod page;
mod page_error;
pub mod posts;
mod submitted_form;
mod texts;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode, Uri};
use maud::Markup;
use serde_json::json;

use crate::AppState;
use crate::auth::session;
use crate::lite::language::Language;
use crate::lite::page_error::PageError;
use crate::store::users::User;
use crate::web::content_security_policy;
use crate::web::describe::DescribeResponse;
use crate::web::error::{Error, Result};
use crate::web::operation::Operation;

/// The paths of the pages, of their forms and of the stylesheet.
const PAGE_PATHS: [&str; 7] = [
    "/lite",
    "/lite/login",
    "/lite/signup",
    "/lite/logout",
    "/lite/messages",
    "/lite/wishes",
    "/lite/style.css",
];

/// Redirects one of [`PAGE_PATHS`] with trailing slashes to the path without them. The status 308 keeps the method and
/// the form. The query is kept too.
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

/// A page of HTML.
pub struct HtmlPage(Response);

impl IntoResponse for HtmlPage {
    fn into_response(self) -> Response {
        self.0
    }
}

impl DescribeResponse for HtmlPage {
    fn describe(operation: &mut Operation<'_>) {
        operation.response_with_schema(200, "text/html", "The page.", json!({ "type": "string" }));
    }
}

/// The stylesheet of the pages.
pub struct Stylesheet;

impl IntoResponse for Stylesheet {
    fn into_response(self) -> Response {
        let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")];
        (headers, include_str!("lite/style.css")).into_response()
    }
}

impl DescribeResponse for Stylesheet {
    fn describe(operation: &mut Operation<'_>) {
        operation.response_with_schema(200, "text/css", "The stylesheet.", json!({ "type": "string" }));
    }
}

/// `GET /lite/style.css`: returns the stylesheet of the pages.
pub async fn stylesheet() -> Stylesheet {
    Stylesheet
}

/// Replaces the JSON body of an error with a page. Leaves pages that contain an error unchanged.
pub async fn error_page(language: Language, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    match PageError::take_from(&mut response) {
        Some(error) => with_page(response, language, page::render_error(language.texts(), &error)),
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

/// Replaces the body of a response with a page. Keeps the status and the other headers.
fn with_page(response: Response, language: Language, page: Markup) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_LANGUAGE, language.tag()),
        (CONTENT_SECURITY_POLICY, content_security_policy::LITE_POLICY),
    ] {
        parts.headers.insert(name, HeaderValue::from_static(value));
    }
    parts.headers.append(VARY, HeaderValue::from_static("accept-language"));
    Response::from_parts(parts, page.into_string().into())
}
