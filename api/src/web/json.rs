//! JSON bodies of requests and responses.

use axum::extract::{FromRequest, Request};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::web::describe::{DescribeRequest, DescribeResponse};
use crate::web::error::{Error, Result};
use crate::web::operation::{Example, Operation};
use crate::web::request_body::{self, BODY_PROBLEMS};
use crate::web::strict_json;

/// The JSON body of a request or a response.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        if !request_body::has_media_type(request.headers(), "application/json") {
            return Err(Error::NotJson);
        }
        let value = strict_json::parse(&request_body::read(request).await?)
            .map_err(|error| Error::Malformed(format!("The body is not valid JSON: {error}.").into()))?;
        request_body::from_json(value).map(Self)
    }
}

impl<T: JsonSchema + Example> DescribeRequest for Json<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.request_body::<T>("application/json");
        operation.problems(BODY_PROBLEMS);
    }
}

impl<T: Serialize> axum::response::IntoResponse for Json<T> {
    fn into_response(self) -> axum::response::Response {
        axum::Json(self.0).into_response()
    }
}

impl<T: JsonSchema + Example> DescribeResponse for Json<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.json_response::<T>(200, "OK.");
    }
}
