//! The Lambda TOKEN authorizer for REST APIs: says which routes a token's owner may use.
//!
//! Decides by the same code as the API itself, the session included. The gateway keeps the policy
//! for a minute and applies it to the token's next request, whichever route that is for: so the
//! policy names every route. A session that ends meanwhile is still refused by the API.

use api::auth::authenticate;
use api::auth::caller::Caller;
use api::clock::Clock;
use api::config::Config;
use api::signing_keys::key_ring::KeyRing;
use api::web::error::Error;
use api::web::log;
use api::{AppState, lambda, routes};
use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};
use serde::Deserialize;
use serde_json::{Value, json};

/// What API Gateway asks.
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
    log::start_json();
    let config = Config::from_lambda_env()?;
    let store = lambda::store(&config).await;
    let keys = KeyRing::open_public(store.clone(), Clock::default()).await?;
    let state = AppState::with_keys(config, store, keys, Clock::default());
    lambda_runtime::run(service_fn(async |event: LambdaEvent<AuthorizerEvent>| {
        authorize(&state, event.payload).await
    }))
    .await
}

async fn authorize(state: &AppState, event: AuthorizerEvent) -> Result<Value, Diagnostic> {
    let token = event.authorization_token.as_str().unwrap_or_default();
    let api = event.method_arn.as_str().and_then(api_arn).ok_or_else(unauthorized)?;
    match authenticate::from_header_value(state, token).await {
        Ok(caller) => Ok(policy(&caller, &api)),
        Err(Error::Internal(cause) | Error::Unavailable(cause)) => {
            tracing::error!(%cause, "the token can't be checked");
            Err(unavailable())
        }
        Err(Error::IssuerUnavailable) => Err(unavailable()),
        Err(_) => Err(unauthorized()),
    }
}

/// Exactly this message is a 401; with any other one the gateway answers 500. "Output from a Lambda
/// authorizer", Amazon API Gateway Developer Guide.
fn unauthorized() -> Diagnostic {
    Diagnostic { error_type: "Unauthorized".to_owned(), error_message: "Unauthorized".to_owned() }
}

/// Nobody's fault but ours or the issuer's: the gateway answers 500.
fn unavailable() -> Diagnostic {
    Diagnostic { error_type: "Unavailable".to_owned(), error_message: "Unavailable".to_owned() }
}

/// The API and the stage of a method: `arn:aws:execute-api:<region>:<account>:<api>/<stage>`.
fn api_arn(method_arn: &str) -> Option<String> {
    let (api, rest) = method_arn.split_once('/')?;
    let (stage, _method) = rest.split_once('/')?;
    let is_api = api.split(':').count() == 6 && api.starts_with("arn:") && api.contains(":execute-api:");
    (is_api && !stage.is_empty() && !method_arn.contains('*')).then(|| format!("{api}/{stage}"))
}

fn policy(caller: &Caller, api: &str) -> Value {
    let may_use =
        routes::PROTECTED.map(|(method, path)| format!("{api}/{method}{}", path.replace("{id}", "*")));
    json!({
        "principalId": caller.user.username,
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [{ "Effect": "Allow", "Action": "execute-api:Invoke", "Resource": may_use }],
        },
        "context": context(caller),
    })
}

/// What the API gets to see of the caller. The gateway takes texts, numbers and booleans only.
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
