//! The variable segment of a path.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use schemars::JsonSchema;
use shared::problem::ProblemType;

use crate::web::canonical_id::Canonical;
use crate::web::describe::DescribeRequest;
use crate::web::error::{Error, Result};
use crate::web::operation::Operation;

/// The variable segment of the path. Responds with 404 if it is not in its canonical form.
pub struct Path<T>(pub T);

impl<T: Canonical, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        // No identifier needs percent-encoding, so an encoded one is not in its canonical form.
        if parts.uri.path().contains('%') {
            return Err(Error::NotFound);
        }
        let text = axum::extract::Path::<String>::from_request_parts(parts, state).await;
        text.ok().and_then(|text| T::parse_canonical(&text.0)).map(Self).ok_or(Error::NotFound)
    }
}

impl<T: Canonical + JsonSchema> DescribeRequest for Path<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.path_parameter::<T>(T::EXAMPLE);
        operation.problems([ProblemType::NotFound]);
    }
}
