//! Every route, on one screen.

use axum::Router;
use axum::middleware;
use axum::routing::{get, post};
use http::HeaderValue;
use http::header::CACHE_CONTROL;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::error::Error;
#[cfg(feature = "local")]
use crate::site;
use crate::{AppState, account, board, keys, log, probe};

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
        .route("/api/me", get(account::me))
        .route("/api/messages", get(board::list).post(board::post))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
        .fallback(async || Error::NotFound);
    #[cfg(feature = "local")]
    let router = match &state.config.site {
        Some(folder) => router.fallback_service(site::site(folder)),
        None => router,
    };
    router
        .layer(
            ServiceBuilder::new()
                .layer(middleware::from_fn(log::request))
                .layer(SetResponseHeaderLayer::if_not_present(
                    CACHE_CONTROL,
                    HeaderValue::from_static("no-store"),
                ))
                .layer(CatchPanicLayer::custom(log::panic)),
        )
        .with_state(state)
}
