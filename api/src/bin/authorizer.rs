//! The Lambda TOKEN authorizer for REST APIs: verifies an access token and returns a policy that allows the protected
//! routes.
//!
//! It makes the same checks as the API, including the session. The gateway caches the policy for one minute and applies
//! it to each request with the same token, so the policy contains every protected route. If the session ends in that
//! minute, the API itself rejects the request.

use api::auth::authenticate;
use api::auth::caller::Caller;
use api::clock::Clock;
use api::config::Config;
use api::lambda::dynamodb_client;
use api::logging;
use api::signing_keys::key_ring::KeyRing;
use api::store::Store;
use api::web::error::Error;
use api::{AppState, routes};
use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};
use serde::Deserialize;
use serde_json::{Value, json};

/// The event that API Gateway sends.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AuthorizerEvent {
    #[serde(default)]
    authorization_token: Value,
    #[serde(default)]
    method_arn: Value,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    logging::start_json();
    let config = Config::from_lambda_env()?;
    let store = Store::new(dynamodb_client::create().await?, &config.table, config.shards);
    let key_ring = KeyRing::public(store.clone(), Clock::default());
    key_ring.preload();
    let state = AppState::with_key_ring(config, store, key_ring, Clock::default());
    lambda_runtime::run(service_fn(async |event: LambdaEvent<AuthorizerEvent>| {
        Box::pin(authorize(&state, event.payload)).await // boxed: the compiler limits how deep futures are nested
    }))
    .await
}

async fn authorize(state: &AppState, event: AuthorizerEvent) -> Result<Value, Diagnostic> {
    let token = event.authorization_token.as_str().unwrap_or_default();
    let stage_arn = event.method_arn.as_str().and_then(stage_arn).ok_or_else(unauthorized)?;
    match authenticate::from_header_value(state, token).await {
        Ok(caller) => Ok(policy(&caller, &stage_arn)),
        Err(Error::Internal(cause) | Error::Unavailable(cause)) => {
            tracing::error!(%cause, "cannot verify an access token");
            Err(unavailable())
        }
        Err(Error::IssuerUnavailable) => Err(unavailable()),
        Err(_) => Err(unauthorized()),
    }
}

/// Returns the error for which the gateway responds with 401. It responds with 500 to every other message ("Output from
/// a Lambda authorizer", Amazon API Gateway Developer Guide).
fn unauthorized() -> Diagnostic {
    Diagnostic { error_type: "Unauthorized".to_owned(), error_message: "Unauthorized".to_owned() }
}

/// Returns the error for a token that cannot be verified because the database or the external issuer does not respond.
/// The gateway responds with 500.
fn unavailable() -> Diagnostic {
    Diagnostic { error_type: "Unavailable".to_owned(), error_message: "Unavailable".to_owned() }
}

/// Returns the part of a method ARN that names the API and the stage:
/// `arn:aws:execute-api:<region>:<account>:<api>/<stage>`.
fn stage_arn(method_arn: &str) -> Option<String> {
    let (api, rest) = method_arn.split_once('/')?;
    let (stage, _method) = rest.split_once('/')?;
    let is_api = api.split(':').count() == 6 && api.starts_with("arn:") && api.contains(":execute-api:");
    (is_api && !stage.is_empty() && !method_arn.contains('*')).then(|| format!("{api}/{stage}"))
}

fn policy(caller: &Caller, stage_arn: &str) -> Value {
    let routes: Vec<_> = routes::protected_routes()
        .map(|route| format!("{stage_arn}/{}{}", route.method, route.path_pattern()))
        .collect();
    json!({
        "principalId": caller.user.username,
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [{ "Effect": "Allow", "Action": "execute-api:Invoke", "Resource": routes }],
        },
        "context": context(caller),
    })
}

/// Returns the data about the caller that the gateway passes to the API. A gateway accepts strings, numbers and
/// booleans only.
fn context(caller: &Caller) -> Value {
    let mut context = json!({ "username": caller.user.username });
    if let Some(scope) = caller.claims.scope() {
        context["scope"] = scope.into();
    }
    if let Some(session) = &caller.session {
        context["sid"] = session.sid.clone().into();
    }
    context
}
