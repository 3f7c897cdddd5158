//! The traits that describe arguments and results of handlers, and their implementations for types of axum.

use axum::Extension;
use axum::extract::State;
use axum::response::{AppendHeaders, NoContent, Redirect};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use shared::problem::ProblemType;

use crate::web::error::Result;
use crate::web::operation::Operation;

/// An argument of a handler.
pub trait DescribeRequest {
    /// Adds what the argument reads from the request, and the problems for which it rejects a request.
    fn describe(operation: &mut Operation<'_>);
}

/// A result of a handler.
pub trait DescribeResponse {
    /// Adds the response.
    fn describe(operation: &mut Operation<'_>);
}

/// A handler with these arguments.
pub trait DescribeHandler<Arguments> {
    /// Adds the descriptions of all arguments and of the result.
    fn describe(operation: &mut Operation<'_>);
}

macro_rules! describe_handler {
    ($($argument:ident)*) => {
        impl<Handler, Future, $($argument),*> DescribeHandler<($($argument,)*)> for Handler
        where
            Handler: Fn($($argument),*) -> Future,
            Future: std::future::Future<Output: DescribeResponse>,
            $($argument: DescribeRequest,)*
        {
            fn describe(operation: &mut Operation<'_>) {
                $($argument::describe(operation);)*
                Future::Output::describe(operation);
            }
        }
    };
}
describe_handler!();
describe_handler!(A);
describe_handler!(A B);
describe_handler!(A B C);
describe_handler!(A B C D);
describe_handler!(A B C D E);
describe_handler!(A B C D E F);

/// A handler with this argument uses the database, which may be unavailable.
impl<S> DescribeRequest for State<S> {
    fn describe(operation: &mut Operation<'_>) {
        operation.problems([ProblemType::Unavailable]);
    }
}

/// Headers that other arguments describe, or that do not change the response.
impl DescribeRequest for HeaderMap {
    fn describe(_: &mut Operation<'_>) {}
}

impl DescribeRequest for Method {
    fn describe(_: &mut Operation<'_>) {}
}

impl DescribeRequest for Uri {
    fn describe(_: &mut Operation<'_>) {}
}

/// Comes from the router, not from the client.
impl<T> DescribeRequest for Extension<T> {
    fn describe(_: &mut Operation<'_>) {}
}

/// Comes from the entry point, not from the client.
impl<T> DescribeRequest for Option<Extension<T>> {
    fn describe(_: &mut Operation<'_>) {}
}

/// The arguments describe most errors, and the route table the others.
impl<T: DescribeResponse> DescribeResponse for Result<T> {
    fn describe(operation: &mut Operation<'_>) {
        T::describe(operation);
    }
}

impl DescribeResponse for NoContent {
    fn describe(operation: &mut Operation<'_>) {
        operation.response(204, "Done.");
    }
}

impl DescribeResponse for Redirect {
    fn describe(operation: &mut Operation<'_>) {
        operation.response(303, "Done. The browser shows another page.");
        operation.response_header("Location", "The other page.", "/lite");
    }
}

/// A response with fixed headers.
impl<T: DescribeResponse, const N: usize> DescribeResponse for ([(HeaderName, &'static str); N], T) {
    fn describe(operation: &mut Operation<'_>) {
        T::describe(operation);
    }
}

/// A response that sets or deletes cookies.
impl<T: DescribeResponse, const N: usize> DescribeResponse
    for (AppendHeaders<[(HeaderName, HeaderValue); N]>, T)
{
    fn describe(operation: &mut Operation<'_>) {
        T::describe(operation);
        let description =
            "Sets or deletes the session cookie. A sign-up or login also sets the device cookie.";
        let example = "__Host-session=...; HttpOnly; Secure; SameSite=Lax; Path=/";
        operation.response_header("Set-Cookie", description, example);
    }
}

impl<T: DescribeResponse, const N: usize> DescribeResponse
    for (Option<AppendHeaders<[(HeaderName, HeaderValue); N]>>, T)
{
    fn describe(operation: &mut Operation<'_>) {
        <(AppendHeaders<[(HeaderName, HeaderValue); N]>, T)>::describe(operation);
    }
}
