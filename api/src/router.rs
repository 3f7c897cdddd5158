//! Every route, on one screen.

use axum::Router;
use axum::middleware;
use axum::routing::{any, delete, get, patch, post, put};
use tower::util::option_layer;
use tower_http::catch_panic::CatchPanicLayer;

use crate::account::sessions;
use crate::error::Error;
#[cfg(feature = "local")]
use crate::site;
use crate::{AppState, account, board, cors, headers, http_rules, keys, lite, log, probe, wishlist};

/// The routes whose handlers demand a `Caller`: what the authorizers in front of us guard too.
pub const PROTECTED: [(&str, &str); 15] = [
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

/// The router that every door opens to.
pub fn router(state: AppState) -> Router {
    let router = Router::new()
        .route("/.well-known/openid-configuration", get(keys::discovery))
        .route("/.well-known/jwks.json", get(keys::jwks))
        .route("/api/health", get(probe::health))
        .route("/api/public", get(probe::public))
        .route("/api/private", get(probe::private))
        .route("/api/signup", post(account::signup))
        .route("/api/login", post(account::login))
        .route("/api/token", post(account::token))
        .route("/api/logout", post(account::logout))
        .route("/api/me", get(account::me).patch(account::rename))
        .route("/api/me/password", put(account::change_password))
        .route("/api/me/delete", post(account::delete))
        .route("/api/me/export", get(account::export))
        .route("/api/me/sessions", get(sessions::list).delete(sessions::end_others))
        .route("/api/me/sessions/{id}", delete(sessions::end))
        .route("/api/messages", get(board::list).post(board::post))
        .route("/api/messages/{id}", patch(board::edit).delete(board::remove))
        .route("/api/wishes", get(wishlist::list).post(wishlist::add))
        .route("/api/wishes/{id}", patch(wishlist::edit).delete(wishlist::remove))
        .route("/api/users/{username}/wishes", get(wishlist::list_of))
        .merge(lite())
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
        .fallback(async || Error::NotFound);
    #[cfg(feature = "local")]
    let router = match &state.config.site {
        Some(folder) => router.fallback_service(site::site(folder)),
        None => router,
    };
    router
        .layer(CatchPanicLayer::custom(log::panic))
        .layer(option_layer(cors::layer(&state.config.cors_origins)))
        .layer(middleware::from_fn(http_rules::enforce))
        .layer(middleware::map_response(headers::add))
        .layer(middleware::from_fn(log::request))
        .with_state(state)
}

/// The pages without JavaScript, whose errors are pages too.
fn lite() -> Router<AppState> {
    Router::new()
        .route("/lite", get(lite::show))
        .route("/lite/login", post(lite::log_in))
        .route("/lite/signup", post(lite::sign_up))
        .route("/lite/logout", post(lite::log_out))
        .route("/lite/messages", post(lite::add_message))
        .route("/lite/style.css", get(lite::style))
        .route("/lite/", any(lite::redirect))
        .route("/lite/{*rest}", any(lite::redirect))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
        .layer(middleware::map_response(lite::as_page))
}
