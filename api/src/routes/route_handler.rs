//! The handler of a route, for the router and for its description.

use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};

use crate::AppState;
use crate::web::describe::DescribeHandler;
use crate::web::operation::Operation;

/// The handler of a route.
pub struct RouteHandler {
    /// Calls the handler for its method.
    pub method_router: MethodRouter<AppState>,
    /// Describes the handler by its arguments and its result.
    pub describe: fn(&mut Operation<'_>),
}

impl RouteHandler {
    /// Returns the handler of a route with this method.
    pub fn new<H, T, Arguments>(method: MethodFilter, handler: H) -> Self
    where
        H: Handler<T, AppState> + DescribeHandler<Arguments>,
        T: 'static,
    {
        Self { method_router: on(method, handler), describe: <H as DescribeHandler<Arguments>>::describe }
    }
}
