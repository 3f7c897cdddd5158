//! The response of a request that has created something.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;

use crate::web::describe::DescribeResponse;
use crate::web::json::Json;
use crate::web::operation::{Example, Operation};

/// What the request has created, as JSON with the status 201.
pub struct Created<T>(pub T);

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, Json(self.0)).into_response()
    }
}

impl<T: JsonSchema + Example> DescribeResponse for Created<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.json_response::<T>(201, "Created.");
    }
}
