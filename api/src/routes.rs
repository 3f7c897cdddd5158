//! The routes of the API, and the router that is built from them.
//!
//! The table `ROUTES` lists each route once. The router, the authorizer's policy, the OpenAPI document, the check of
//! `deploy/template.yaml` and the tests of permissions are derived from it.

use std::sync::LazyLock;

use axum::middleware;
use axum::routing::any;
use axum::{Extension, Router};
use serde_json::Value;
use shared::problem::ProblemType::*;
use tower::util::option_layer;
use tower_http::catch_panic::CatchPanicLayer;

#[cfg(feature = "local")]
use crate::local::site;
use crate::openapi::description::ApiDescription;
use crate::openapi::{document, handlers as openapi};
use crate::sessions::{list as session_list, log_in, log_out, refresh};
use crate::signing_keys::well_known;
use crate::users::{deletion, export, password, profile, sign_up};
use crate::web::error::Error;
use crate::web::{compression, cors, deadline, headers, http1_validation};
use crate::{AppState, health, lite, logging, messages, wishes};

pub mod route;
pub mod route_handler;

pub use route::{Access, Route};
pub use route_handler::RouteHandler;

/// Defines the table of routes, and `route_handlers`, which returns their handlers in the same order. They are
/// separate, so that the program `authorizer` contains the table, but not the handlers.
macro_rules! routes {
    ($($method:ident $path:literal $access:ident $handler:path, $summary:literal, [$($problem:ident),*];)*) => {
        /// All routes.
        pub const ROUTES: &[Route] = &[$(Route {
            method: stringify!($method),
            path: $path,
            access: Access::$access,
            summary: $summary,
            problems: &[$($problem),*],
        }),*];

        /// Returns the handlers of [`ROUTES`].
        pub fn route_handlers() -> impl Iterator<Item = (&'static Route, RouteHandler)> {
            ROUTES.iter().zip([$(RouteHandler::new(axum::routing::MethodFilter::$method, $handler)),*])
        }
    };
}

#[rustfmt::skip]
routes! {
    GET    "/.well-known/openid-configuration" Public well_known::discovery, "Returns the OpenID Connect discovery document", [];
    GET    "/.well-known/jwks.json"      Public well_known::jwks, "Returns the public keys of the access tokens", [];
    GET    "/api/openapi.json"           Public openapi::document, "Returns this document", [];
    GET    "/api/docs"                   Public openapi::page, "Shows this document as a page", [];
    GET    "/api/health"                 Public health::health, "Checks that the API is running", [];
    GET    "/api/public"                 Public health::public, "Returns the request as it reached the API", [];
    GET    "/api/private"                Caller health::private, "Returns the request and the claims of its access token", [];

    POST   "/api/signup"                 Public sign_up::sign_up, "Creates an account and logs its user in", [UsernameTaken, WeakPassword, TooManyAttempts];
    POST   "/api/login"                  Public log_in::log_in, "Creates a session and returns an access token", [WrongLogin, TooManyAttempts];
    POST   "/api/token"                  Cookie refresh::refresh, "Returns a new access token for the session", [NotLoggedIn];
    POST   "/api/logout"                 OptionalCookie log_out::log_out, "Ends the session", [];

    GET    "/api/me"                     Caller profile::get, "Returns the profile of the caller", [];
    PATCH  "/api/me"                     Caller profile::rename, "Changes the display name", [TooManyAttempts];
    PUT    "/api/me/password"            Caller password::change, "Changes the password and ends all other sessions", [WrongPassword, PasswordUnchanged, WeakPassword, NoPassword, TooManyAttempts];
    POST   "/api/me/delete"              Caller deletion::delete, "Deletes the account and everything that it owns", [WrongPassword, NoPassword, TooManyAttempts];
    GET    "/api/me/export"              Caller export::export, "Returns a page of all data of the caller", [];
    GET    "/api/me/sessions"            Caller session_list::list, "Lists the sessions of the caller", [NoPassword];
    DELETE "/api/me/sessions"            Caller session_list::end_others, "Ends all sessions of the caller except the current one", [NoPassword];
    DELETE "/api/me/sessions/{id}"       Caller session_list::end, "Ends a session of the caller", [NoPassword];

    GET    "/api/messages"               Public messages::list, "Lists all messages, newest first", [];
    POST   "/api/messages"               Caller messages::create, "Posts a message", [TooManyAttempts];
    PATCH  "/api/messages/{id}"          Caller messages::edit, "Edits a message of the caller", [NotYours, TooManyAttempts];
    DELETE "/api/messages/{id}"          Caller messages::delete, "Deletes a message of the caller", [NotYours];

    GET    "/api/wishes"                 Public wishes::list, "Lists the wishes of all users, newest first", [];
    POST   "/api/wishes"                 Caller wishes::create, "Adds a wish to the caller's list", [TooManyAttempts];
    PATCH  "/api/wishes/{id}"            Caller wishes::edit, "Edits a wish of the caller", [NotYours, TooManyAttempts];
    DELETE "/api/wishes/{id}"            Caller wishes::delete, "Deletes a wish of the caller", [NotYours];
    GET    "/api/users/{username}/wishes" Public wishes::list_of_owner, "Lists the wishes of a user, newest first", [];

    GET    "/lite"                       OptionalCookie lite::posts::show_messages, "Shows the messages and the forms", [];
    GET    "/lite/wishes"                OptionalCookie lite::posts::show_wishes, "Shows the wishes and the forms", [];
    GET    "/lite/style.css"             Public lite::stylesheet, "Returns the stylesheet", [];
    POST   "/lite/login"                 Public lite::accounts::log_in, "Logs in", [WrongLogin, TooManyAttempts];
    POST   "/lite/signup"                Public lite::accounts::sign_up, "Signs up", [UsernameTaken, WeakPassword, TooManyAttempts];
    POST   "/lite/logout"                OptionalCookie lite::accounts::log_out, "Logs out", [];
    POST   "/lite/messages"              Cookie lite::posts::create_message, "Posts a message", [NotLoggedIn, NotYours, KeyReused, Gone, TooManyAttempts];
    POST   "/lite/wishes"                Cookie lite::posts::create_wish, "Adds a wish", [NotLoggedIn, NotYours, KeyReused, Gone, TooManyAttempts];
}

/// Returns the protected routes.
pub fn protected_routes() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().filter(|route| route.access == Access::Caller)
}

/// Returns the OpenAPI document.
pub fn openapi_document() -> Value {
    document::document(route_handlers())
}

/// The descriptions of the API, created by the first request for one.
static DESCRIPTION: LazyLock<ApiDescription> = LazyLock::new(|| ApiDescription::new(&openapi_document()));

/// Builds the router, which is the same for all entry points.
pub fn router(state: AppState) -> Router {
    let (pages, api): (Vec<_>, Vec<_>) =
        route_handlers().partition(|(route, _)| route.path.starts_with("/lite"));
    let router = add_routes(Router::new(), api)
        .layer(Extension(&DESCRIPTION))
        .layer(middleware::from_fn(deadline::respond_in_time))
        .merge(lite_router(pages))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
        .fallback(async || Error::NotFound);
    let router = compression::compress(router);
    // Added after the compression, because the large files of the site are stored compressed.
    #[cfg(feature = "local")]
    let router = match &state.config.site_folder {
        Some(folder) => router.fallback_service(site::router(folder)),
        None => router,
    };
    router
        .layer(CatchPanicLayer::custom(logging::panic_response))
        .layer(option_layer(cors::layer(&state.config.cors_origins)))
        .layer(middleware::from_fn(http1_validation::validate))
        .layer(middleware::map_response(headers::add_default_headers))
        .layer(middleware::map_response(headers::join_vary))
        .layer(middleware::from_fn(logging::log_request))
        .with_state(state)
}

/// Builds the router of the pages without JavaScript. Their error responses are pages too.
fn lite_router(routes: Vec<(&'static Route, RouteHandler)>) -> Router<AppState> {
    add_routes(Router::new(), routes)
        .route("/lite/", any(lite::redirect_trailing_slash))
        .route("/lite/{*rest}", any(lite::redirect_trailing_slash))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
        .layer(middleware::from_fn(deadline::respond_in_time))
        .layer(middleware::from_fn(lite::error_page))
}

fn add_routes(router: Router<AppState>, routes: Vec<(&'static Route, RouteHandler)>) -> Router<AppState> {
    routes
        .into_iter()
        .fold(router, |router, (route, handler)| router.route(route.path, handler.method_router))
}
