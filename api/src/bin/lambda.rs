//! The Lambda function behind API Gateway: serves an HTTP API (payload v2) or a REST API (payload v1).

use api::clock::Clock;
use api::config::Config;
use api::lambda::{dynamodb_client, event_url};
use api::logging;
use api::store::Store;
use api::{AppState, lambda, routes};
use axum::middleware;
use lambda_http::Adapter;
use tower::ServiceExt;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    logging::start_json();
    let config = Config::from_lambda_env()?;
    let store = Store::new(dynamodb_client::create().await?, &config.table, config.shards);
    let state = AppState::new(config, store, Clock::default());
    state.key_ring.preload();
    let app = routes::router(state.clone())
        .layer(middleware::from_fn_with_state(state, lambda::add_request_context));
    lambda_runtime::run(Adapter::from(app).map_request(event_url::make_valid)).await
}
