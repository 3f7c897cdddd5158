//! Health check, and two routes that show whether requests and access tokens reach the API through an entry point.

use axum::Extension;
use http::{Method, Uri};
use serde_json::{Value, json};

use crate::auth::caller::Caller;
use crate::web::extract::Json;

/// The output of API Gateway's authorizer, in the extensions of a request that passed through one.
#[derive(Clone, Debug)]
pub struct AuthorizerContext(pub Value);

/// `GET /api/health`: returns 200 if the API is running.
pub async fn health() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// `GET /api/public`: returns the method and the path of the request. Requires no login.
pub async fn public(method: Method, uri: Uri) -> Json<Value> {
    Json(json!({
        "message": "Hello. This route requires no login.",
        "input": { "method": method.as_str(), "path": uri.path() },
    }))
}

/// `GET /api/private`: returns the same as `/api/public`, the claims of the access token, and the output of the
/// gateway's authorizer.
pub async fn private(
    caller: Caller,
    method: Method,
    uri: Uri,
    authorizer: Option<Extension<AuthorizerContext>>,
) -> Json<Value> {
    Json(json!({
        "message": format!("Hello, {}. This route requires a login.", caller.user.name),
        "input": { "method": method.as_str(), "path": uri.path(), "claims": caller.claims,
            "authorizer": authorizer.map(|Extension(AuthorizerContext(output))| output),
        },
    }))
}
