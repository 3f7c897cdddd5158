//! Support for the Lambda functions: opens the tables in AWS, and reads the request context of API Gateway and
//! CloudFront.

use std::net::IpAddr;
use std::time::Duration;

use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderMap;
use http::header::{ACCEPT, ACCEPT_ENCODING};
use lambda_http::request::RequestContext;
use serde::Serialize;
use serde_json::Value;

use crate::AppState;
use crate::auth::client_address::ClientAddress;
use crate::config::Config;
use crate::health::AuthorizerContext;
use crate::store::Store;

/// The header in which our CloudFront distribution sends the edge secret.
const EDGE_SECRET_HEADER: &str = "x-wishboard-edge";

/// The header in which our CloudFront distribution sends the viewer's IP address. CloudFront's own header
/// `CloudFront-Viewer-Address` cannot be forwarded together with all other headers that the API needs.
const VIEWER_ADDRESS_HEADER: &str = "x-wishboard-viewer";

/// Maximum time to connect to DynamoDB: 1 second.
const DATABASE_CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// Maximum time of one attempt of a call to DynamoDB: 2 seconds.
const DATABASE_ATTEMPT_TIMEOUT: Duration = Duration::from_secs(2);

/// Opens the tables in AWS with the credentials of the environment: in Lambda, the function's role.
pub async fn open_store(config: &Config) -> Store {
    let aws = aws_config::defaults(BehaviorVersion::latest()).timeout_config(database_timeouts());
    Store::new(Client::new(&aws.load().await), &config.table, config.shards)
}

/// Returns the timeouts of calls to DynamoDB. Without them, a call on a broken connection would wait longer than the
/// function may run. With them, the SDK tries it again on another connection.
pub fn database_timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(DATABASE_CONNECT_TIMEOUT)
        .operation_attempt_timeout(DATABASE_ATTEMPT_TIMEOUT)
        .build()
}

/// Middleware that adds the client's address and the output of the gateway's authorizer to a request's extensions, and
/// prevents responses that the gateway cannot pass on.
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
    if needs_text_response(&request) {
        request.headers_mut().remove(ACCEPT_ENCODING);
    }
    next.run(request).await
}

/// Returns whether the gateway can pass on only text. A REST API decodes a binary body only if the request's `Accept`
/// matches one of its `BinaryMediaTypes` ("Return binary media from a Lambda proxy integration", Amazon API Gateway
/// Developer Guide). Ours are `*/*`, which matches every `Accept`, but perhaps not a missing one.
fn needs_text_response(request: &Request) -> bool {
    let context = request.extensions().get::<RequestContext>();
    matches!(context, Some(RequestContext::ApiGatewayV1(_))) && !request.headers().contains_key(ACCEPT)
}

/// Returns the viewer's address from our CloudFront distribution. Any client can send the header, so it is ignored
/// without the edge secret.
fn viewer_address(config: &Config, headers: &HeaderMap) -> Option<IpAddr> {
    let secret = config.edge_secret.as_ref()?;
    headers.get(EDGE_SECRET_HEADER).filter(|value| secret.matches(value.as_bytes()))?;
    headers.get(VIEWER_ADDRESS_HEADER)?.to_str().ok()?.parse().ok()
}

/// Returns the source address and the authorizer's output of a request to an HTTP API (payload v2) or REST API (v1).
fn read_context(context: &RequestContext) -> (Option<IpAddr>, Option<Value>) {
    match context {
        RequestContext::ApiGatewayV2(context) => {
            let source = context.http.source_ip.as_deref().and_then(|ip| ip.parse().ok());
            (source, context.authorizer.as_ref().and_then(to_json))
        }
        RequestContext::ApiGatewayV1(context) => {
            let source = context.identity.source_ip.as_deref().and_then(|ip| ip.parse().ok());
            let is_not_empty = |output: &Value| output.as_object().is_some_and(|fields| !fields.is_empty());
            (source, to_json(&context.authorizer.fields).filter(is_not_empty))
        }
        #[allow(unreachable_patterns, reason = "other features of the crate add variants")]
        _ => (None, None),
    }
}

fn to_json(value: &impl Serialize) -> Option<Value> {
    serde_json::to_value(value).ok()
}
