//! The probe of a deployment: is it there, and what reaches it through which door.

use axum::Extension;
use http::{Method, Uri};
use serde_json::{Value, json};

use crate::auth::caller::Caller;
use crate::web::extract::Json;

/// What the gateway's authorizer passed on, where a request came through one.
#[derive(Clone, Debug)]
pub struct AuthorizerContext(pub Value);

/// `GET /api/health`
pub async fn health() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// `GET /api/public`: anyone may ask.
pub async fn public(method: Method, uri: Uri) -> Json<Value> {
    Json(json!({
        "message": "Hello. Anyone may see this.",
        "input": { "method": method.as_str(), "path": uri.path() },
    }))
}

/// `GET /api/private`: only whoever is logged in, who also sees what the token says.
pub async fn private(
    caller: Caller,
    method: Method,
    uri: Uri,
    authorizer: Option<Extension<AuthorizerContext>>,
) -> Json<Value> {
    Json(json!({
        "message": format!("Hello, {}. Only people who are logged in see this.", caller.user.name),
        "input": { "method": method.as_str(), "path": uri.path(), "claims": caller.claims,
            "authorizer": authorizer.map(|Extension(AuthorizerContext(passed))| passed),
        },
    }))
}
