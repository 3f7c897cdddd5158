//! The route table: maps each method and path to its handler.

use axum::Router;
use axum::middleware;
use axum::routing::{any, delete, get, patch, post, put};
use tower::util::option_layer;
use tower_http::catch_panic::CatchPanicLayer;

#[cfg(feature = "local")]
use crate::local::site;
use crate::sessions::{list, log_in, log_out, refresh};
use crate::signing_keys::well_known;
use crate::users::{deletion, export, password, profile, sign_up};
use crate::web::error::Error;
use crate::web::{compression, cors, deadline, headers, http1_validation, log};
use crate::{AppState, health, lite, messages, wishes};

/// The protected routes, which need a login: their handlers have a `Caller` argument. The authorizers of API Gateway
/// protect the same routes.
pub const PROTECTED_ROUTES: [(&str, &str); 15] = [
    ("GET", "/api/private"),
    ("GET", "/api/me"),
    ("PATCH", "/api/me"),
    ("PUT", "/api/me/password"),
    ("POST", "/api/me/delete"),
    ("GET", "/api/me/export"),
    ("GET", "/api/me/sessions"),
    ("DELETE", "/api/me/sessions"),
    ("DELETE", "/api/me/sessions/{id}"),
    ("POST", "/api/messages"),
    ("PATCH", "/api/messages/{id}"),
    ("DELETE", "/api/messages/{id}"),
    ("POST", "/api/wishes"),
    ("PATCH", "/api/wishes/{id}"),
    ("DELETE", "/api/wishes/{id}"),
];

/// Builds the router, which is the same for all entry points.
pub fn router(state: AppState) -> Router {
    let router = Router::new()
        .route("/.well-known/openid-configuration", get(well_known::discovery))
        .route("/.well-known/jwks.json", get(well_known::jwks))
        .route("/api/health", get(health::health))
        .route("/api/public", get(health::public))
        .route("/api/private", get(health::private))
        .route("/api/signup", post(sign_up::sign_up))
        .route("/api/login", post(log_in::log_in))
        .route("/api/token", post(refresh::refresh))
        .route("/api/logout", post(log_out::log_out))
        .route("/api/me", get(profile::get).patch(profile::rename))
        .route("/api/me/password", put(password::change))
        .route("/api/me/delete", post(deletion::delete))
        .route("/api/me/export", get(export::export))
        .route("/api/me/sessions", get(list::list).delete(list::end_others))
        .route("/api/me/sessions/{id}", delete(list::end))
        .route("/api/messages", get(messages::list).post(messages::create))
        .route("/api/messages/{id}", patch(messages::edit).delete(messages::delete))
        .route("/api/wishes", get(wishes::list).post(wishes::create))
        .route("/api/wishes/{id}", patch(wishes::edit).delete(wishes::delete))
        .route("/api/users/{username}/wishes", get(wishes::list_of_owner))
        .layer(middleware::from_fn(deadline::respond_in_time))
        .merge(lite_routes())
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
        .layer(CatchPanicLayer::custom(log::panic_response))
        .layer(option_layer(cors::layer(&state.config.cors_origins)))
        .layer(middleware::from_fn(http1_validation::validate))
        .layer(middleware::map_response(headers::add_default_headers))
        .layer(middleware::map_response(headers::join_vary))
        .layer(middleware::from_fn(log::log_request))
        .with_state(state)
}

/// Returns the routes of the pages without JavaScript. Their error responses are pages too.
fn lite_routes() -> Router<AppState> {
    Router::new()
        .route("/lite", get(lite::posts::show_messages))
        .route("/lite/login", post(lite::accounts::log_in))
        .route("/lite/signup", post(lite::accounts::sign_up))
        .route("/lite/logout", post(lite::accounts::log_out))
        .route("/lite/messages", post(lite::posts::create_message))
        .route("/lite/wishes", get(lite::posts::show_wishes).post(lite::posts::create_wish))
        .route("/lite/style.css", get(lite::stylesheet))
        .route("/lite/", any(lite::redirect_trailing_slash))
        .route("/lite/{*rest}", any(lite::redirect_trailing_slash))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
        .layer(middleware::from_fn(deadline::respond_in_time))
        .layer(middleware::from_fn(lite::error_page))
}
