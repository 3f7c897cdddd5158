//! A form that a browser has sent, and the response to it.

use std::marker::PhantomData;

use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, IntoResponseParts, Redirect, Response};
use http::HeaderMap;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::AppState;
use crate::lite::form_id::FormId;
use crate::lite::form_state::RejectedForm;
use crate::lite::language::Language;
use crate::lite::page::ListView;
use crate::lite::page_error::PageError;
use crate::lite::{find_user, with_page};
use crate::web::describe::{DescribeRequest, DescribeResponse};
use crate::web::error::{Error, Result};
use crate::web::form::{FORM_MEDIA_TYPE, Form};
use crate::web::operation::{Example, Operation};
use crate::web::pagination::PageQuery;
use crate::web::request_body::BODY_PROBLEMS;

/// A form with the fields `T` that a browser has sent, and what the response to it needs.
pub struct SubmittedForm<T> {
    /// The state of the API.
    pub state: AppState,
    /// The headers of the request.
    pub headers: HeaderMap,
    /// The fields as typed.
    form: Form,
    fields: PhantomData<T>,
}

/// The response to a form: a redirect, or the page with the rejected form.
pub struct FormResponse(Response);

impl<T> FromRequest<AppState> for SubmittedForm<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &AppState) -> Result<Self> {
        let (state, headers) = (state.clone(), request.headers().clone());
        let form = Form::from_request(request, &state).await?;
        Ok(Self { state, headers, form, fields: PhantomData })
    }
}

impl<T: JsonSchema + Example> DescribeRequest for SubmittedForm<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.request_body::<T>(FORM_MEDIA_TYPE);
        operation.problems(BODY_PROBLEMS);
    }
}

impl IntoResponse for FormResponse {
    fn into_response(self) -> Response {
        self.0
    }
}

impl DescribeResponse for FormResponse {
    fn describe(operation: &mut Operation<'_>) {
        operation.response(303, "Done. The browser shows the page with the list again.");
        operation.response_header("Location", "The page with the list.", "/lite");
    }
}

impl<T: DeserializeOwned> SubmittedForm<T> {
    /// Deserializes and validates the fields.
    ///
    /// # Errors
    /// `Invalid`, which names the invalid field.
    pub fn parse(&self) -> Result<T> {
        self.form.parse()
    }

    /// Returns the response: after a success, these headers and a redirect to the list on whose page the form is. The
    /// status 303 keeps a reload from sending the form again. After an error, the page with the form.
    ///
    /// # Errors
    /// If the page with the form cannot be created.
    pub async fn respond(self, id: FormId, result: Result<impl IntoResponseParts>) -> Result<FormResponse> {
        match result {
            Ok(headers) => Ok(FormResponse((headers, Redirect::to(id.list().path())).into_response())),
            Err(error) => self.redisplay(id, error).await.map(FormResponse),
        }
    }

    /// Returns the page with the rejected form: the values as typed, and the error.
    async fn redisplay(self, id: FormId, error: Error) -> Result<Response> {
        let Self { state, headers, form, .. } = self;
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
