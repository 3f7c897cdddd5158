//! Health check, and two routes that show whether requests and access tokens reach the API through an entry point.

use axum::Extension;
use http::{Method, Uri};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::auth::caller::{Caller, Claims};
use crate::web::json::Json;

/// The output of API Gateway's authorizer, in the extensions of a request that passed through one.
#[derive(Clone, Debug)]
pub struct AuthorizerContext(pub Value);

/// The response of `GET /api/health`.
#[derive(Serialize, JsonSchema)]
pub struct Health {
    /// Always `ok`.
    pub status: &'static str,
}

/// The response of `GET /api/public`.
#[derive(Serialize, JsonSchema)]
pub struct PublicEcho {
    /// A sentence for people.
    pub message: String,
    /// The request, as it reached the API.
    pub input: RequestLine,
}

/// The response of `GET /api/private`.
#[derive(Serialize, JsonSchema)]
pub struct PrivateEcho {
    /// A sentence for people.
    pub message: String,
    /// The request, as it reached the API.
    pub input: PrivateInput,
}

/// The method and the path of a request.
#[derive(Serialize, JsonSchema)]
pub struct RequestLine {
    /// The method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
}

/// A request with an access token, as it reached the API.
#[derive(Serialize, JsonSchema)]
pub struct PrivateInput {
    /// The method and the path.
    #[serde(flatten)]
    pub request: RequestLine,
    /// The claims of the access token.
    #[schemars(with = "Value")]
    pub claims: Claims,
    /// The output of the gateway's authorizer.
    pub authorizer: Option<Value>,
}

/// `GET /api/health`: returns 200 if the API is running.
pub async fn health() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// `GET /api/public`: returns the method and the path of the request. Requires no login.
pub async fn public(method: Method, uri: Uri) -> Json<PublicEcho> {
    let message = "Hello. This route requires no login.".to_owned();
    Json(PublicEcho { message, input: RequestLine::new(&method, &uri) })
}

/// `GET /api/private`: returns the same as `/api/public`, the claims of the access token, and the output of the
/// gateway's authorizer.
pub async fn private(
    caller: Caller,
    method: Method,
    uri: Uri,
    authorizer: Option<Extension<AuthorizerContext>>,
) -> Json<PrivateEcho> {
    let message = format!("Hello, {}. This route requires a login.", caller.user.name);
    let authorizer = authorizer.map(|Extension(AuthorizerContext(output))| output);
    let request = RequestLine::new(&method, &uri);
    Json(PrivateEcho { message, input: PrivateInput { request, claims: caller.claims, authorizer } })
}

impl RequestLine {
    fn new(method: &Method, uri: &Uri) -> Self {
        Self { method: method.to_string(), path: uri.path().to_owned() }
    }
}
