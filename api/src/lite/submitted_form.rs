//! A form that a browser has sent, and the response to it.

use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, IntoResponseParts, Redirect, Response};
use http::HeaderMap;

use crate::AppState;
use crate::lite::form_state::{FormId, RejectedForm};
use crate::lite::language::Language;
use crate::lite::page::ListView;
use crate::lite::page_error::PageError;
use crate::lite::{find_user, with_page};
use crate::web::error::{Error, Result};
use crate::web::extract::Form;
use crate::web::pagination::PageQuery;

/// A form that a browser has sent, and what the response to it needs.
pub struct SubmittedForm {
    /// The state of the API.
    pub state: AppState,
    /// The headers of the request.
    pub headers: HeaderMap,
    /// The fields as typed.
    pub form: Form,
}

impl FromRequest<AppState> for SubmittedForm {
    type Rejection = Error;

    async fn from_request(request: Request, state: &AppState) -> Result<Self> {
        let headers = request.headers().clone();
        Ok(Self { state: state.clone(), headers, form: Form::from_request(request, state).await? })
    }
}

impl SubmittedForm {
    /// Returns the response: after a success, these headers and a redirect to the list on whose page the form is. The
    /// status 303 keeps a reload from sending the form again. After an error, the page with the form.
    ///
    /// # Errors
    /// If the page with the form cannot be created.
    pub async fn respond(self, id: FormId, result: Result<impl IntoResponseParts>) -> Result<Response> {
        match result {
            Ok(headers) => Ok((headers, Redirect::to(id.list().path())).into_response()),
            Err(error) => self.redisplay(id, error).await,
        }
    }

    /// Returns the page with the rejected form: the values as typed, and the error.
    async fn redisplay(self, id: FormId, error: Error) -> Result<Response> {
        let Self { state, headers, form } = self;
        let mut response = error.into_response();
        let Some(error) = PageError::take_from(&mut response) else { return Ok(response) };
        let language = Language::negotiate(&headers);
        let user = find_user(&state, &headers).await?;
        let posts = id.list().read_page(&state, &PageQuery::default()).await?;
        let rejected = Some(RejectedForm { id, form, error });
        let view = ListView { texts: language.texts(), list: id.list(), user, posts, rejected };
        Ok(with_page(response, language, view.render()))
    }
}
