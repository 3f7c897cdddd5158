//! What both Lambda functions need, and what API Gateway and CloudFront say about a request.

use std::net::IpAddr;

use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::Client;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderMap;
use lambda_http::request::RequestContext;
use serde::Serialize;

use crate::AppState;
use crate::auth::client_address::ClientAddress;
use crate::config::Config;
use crate::health::AuthorizerContext;
use crate::store::Store;

/// The header in which our CloudFront proves that it is ours.
const EDGE_SECRET_HEADER: &str = "x-wishboard-edge";

/// The header in which it says whose request it is: an address. CloudFront-Viewer-Address would say
/// it too, but can't be forwarded beside everything else that the API needs.
const VIEWER_ADDRESS_HEADER: &str = "x-wishboard-viewer";

/// The tables in AWS, by the function's own role.
pub async fn store(config: &Config) -> Store {
    let aws = aws_config::load_defaults(BehaviorVersion::latest()).await;
    Store::new(Client::new(&aws), &config.table, config.shards)
}

/// Hands on what the gateway knows of a request: the client's address, and what its authorizer
/// passed.
pub async fn add_request_context(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let context = request.extensions().get::<RequestContext>();
    let (source, authorizer) = context.map(read_context).unwrap_or_default();
    if let Some(address) = viewer_address(&state.config, request.headers()).or(source) {
        request.extensions_mut().insert(ClientAddress::from(address));
    }
    if let Some(authorizer) = authorizer {
        request.extensions_mut().insert(AuthorizerContext(authorizer));
    }
    next.run(request).await
}

/// The client's address, as our own CloudFront saw it. Anybody may send the header: it counts only
/// beside the stack's secret.
fn viewer_address(config: &Config, headers: &HeaderMap) -> Option<IpAddr> {
    let secret = config.edge_secret.as_ref()?;
    headers.get(EDGE_SECRET_HEADER).filter(|value| secret.is(value.as_bytes()))?;
    headers.get(VIEWER_ADDRESS_HEADER)?.to_str().ok()?.parse().ok()
}

fn read_context(context: &RequestContext) -> (Option<IpAddr>, Option<serde_json::Value>) {
    match context {
        RequestContext::ApiGatewayV2(context) => {
            let source = context.http.source_ip.as_deref().and_then(|ip| ip.parse().ok());
            (source, context.authorizer.as_ref().and_then(to_json))
        }
        RequestContext::ApiGatewayV1(context) => {
            let source = context.identity.source_ip.as_deref().and_then(|ip| ip.parse().ok());
            (
                source,
                to_json(&context.authorizer.fields)
                    .filter(|passed| passed.as_object().is_some_and(|it| !it.is_empty())),
            )
        }
        #[allow(unreachable_patterns, reason = "the crate's other features add variants")]
        _ => (None, None),
    }
}

fn to_json(value: &impl Serialize) -> Option<serde_json::Value> {
    serde_json::to_value(value).ok()
}
