//! Events of API Gateway: whatever an event contains, the functions respond, and none of them grants access without a
//! valid token.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use shared::messages::Message;

use super::check;
use super::event_changes::{apply, changes};
use super::inputs::{header_bytes, mutation, text};
use crate::support::PASSWORD;
use crate::support::dynamodb_server::DynamoDbServer;
use crate::support::gateway::{GatewayRequest, GatewayResponse, Payload};
use crate::support::lambda::{API, AUTHORIZER, LambdaFunction, SITE};

/// The display name of the user. Only responses to this user contain it, because the user has no posts.
const NAME: &str = "Ann of Green Gables";

/// A function, its database, and the access token and cookie of its only user.
struct Function {
    lambda: LambdaFunction,
    database: DynamoDbServer,
    token: String,
    cookie: String,
}

impl Function {
    async fn start(program: &str) -> Self {
        let database = DynamoDbServer::start().await;
        let api = LambdaFunction::start(API, &database).await;
        let sign_up = json!({"username": "ann", "password": PASSWORD, "name": NAME});
        let request = GatewayRequest::new("POST", "/api/signup").json(&sign_up).with("origin", SITE);
        let signed_up = api.send(Payload::V2, &request).await;
        let (token, cookie) = (signed_up.token(), signed_up.cookie().to_owned());
        let lambda = if program == API { api } else { LambdaFunction::start(program, &database).await };
        Self { lambda, database, token, cookie }
    }

    /// Invokes the function. Returns its response, or `None` if it has rejected the event.
    async fn invoke(&self, event: Value) -> Result<Option<GatewayResponse>, TestCaseError> {
        match self.lambda.invoke(event).await {
            Ok(response) => {
                let response = GatewayResponse(response);
                prop_assert!((200..500).contains(&response.status()), "{:?}", response);
                prop_assert!(response.0["body"].is_string() && response.0["isBase64Encoded"].is_boolean());
                Ok(Some(response))
            }
            Err(error) => {
                prop_assert!(!error.contains("panicked"), "{}", error);
                Ok(None)
            }
        }
    }
}

/// A request to the API, with the credentials of the user or with changed ones.
#[derive(Clone, Debug)]
struct Request {
    payload: Payload,
    method: &'static str,
    path: &'static str,
}

impl Request {
    fn event(&self, token: &str, cookie: &str) -> Value {
        let request = GatewayRequest::new(self.method, self.path).with_token(token).with_cookie(cookie);
        let mut request = request.json(&json!({"body": "posted"})).with("sec-fetch-site", "same-origin");
        request.query = "limit=3&before=x".to_owned();
        self.payload.event(&request)
    }
}

fn request() -> impl Strategy<Value = Request> {
    let routes = [
        ("GET", "/api/me"),
        ("GET", "/api/messages"),
        ("POST", "/api/messages"),
        ("POST", "/api/token"),
        ("GET", "/lite"),
        ("POST", "/lite/messages"),
    ];
    (select(Payload::ALL.as_slice()), select(routes.to_vec())).prop_map(|(payload, (method, path))| Request {
        payload,
        method,
        path,
    })
}

#[test]
fn the_api_responds_to_a_changed_event_of_a_user() {
    check(
        (request(), changes()),
        async || Function::start(API).await,
        async |api, (request, changes)| {
            api.invoke(apply(&changes, request.event(&api.token, &api.cookie))).await.map(drop)
        },
    );
}

/// The client chooses the path, the query and these headers.
#[test]
fn the_api_responds_to_any_path_query_and_header() {
    let names =
        ["host", "x-forwarded-proto", "x-forwarded-for", "cookie", "accept-language", "if-none-match"];
    let inputs = (request(), text(), text(), select(names.to_vec()), header_bytes());
    check(
        inputs,
        async || Function::start(API).await,
        async |api, (request, path, query, name, value)| {
            let mut event = request.event(&api.token, &api.cookie);
            let value = String::from_utf8_lossy(&value);
            match request.payload {
                Payload::V2 => {
                    event["rawPath"] = json!(format!("/{path}"));
                    event["rawQueryString"] = json!(query);
                }
                Payload::V1 => {
                    event["path"] = json!(format!("/{path}"));
                    event["multiValueQueryStringParameters"] = json!({"before": [query]});
                }
            }
            event["headers"][name] = json!(value);
            prop_assert!(api.invoke(event).await?.is_some());
            Ok(())
        },
    );
}

#[test]
fn the_api_grants_nothing_to_a_changed_event_without_valid_credentials() {
    let inputs = (request(), changes(), mutation());
    check(
        inputs,
        async || Function::start(API).await,
        async |api, (request, changes, mutation)| {
            let (token, cookie) = (mutation.apply_to_text(&api.token), mutation.apply_to_text(&api.cookie));
            prop_assume!(token.trim() != api.token && !cookie.contains(&api.cookie));
            let response = api.invoke(apply(&changes, request.event(&token, &cookie))).await?;
            prop_assert!(!response.is_some_and(|response| response.text().contains(NAME)));
            let posted = api.database.store.list_posts::<Message>(None, 1).await.unwrap();
            prop_assert!(posted.posts.is_empty(), "a message was posted");
            Ok(())
        },
    );
}

fn authorizer_event(token: &str, method_arn: &str) -> Value {
    json!({"type": "TOKEN", "authorizationToken": format!("Bearer {token}"), "methodArn": method_arn})
}

const METHOD_ARN: &str = "arn:aws:execute-api:us-east-1:123456789012:abc/prod/GET/api/me";

#[test]
fn the_authorizer_refuses_every_event_without_a_valid_token() {
    let inputs = (changes(), mutation());
    check(
        inputs,
        async || Function::start(AUTHORIZER).await,
        async |authorizer, (changes, mutation)| {
            let token = mutation.apply_to_text(&authorizer.token);
            prop_assume!(token.trim() != authorizer.token);
            let event = apply(&changes, authorizer_event(&token, METHOD_ARN));
            match authorizer.lambda.invoke(event.clone()).await {
                Err(error) if event.is_object() => prop_assert_eq!(error, "Unauthorized"),
                result => prop_assert!(result.is_err_and(|error| !error.contains("panicked"))),
            }
            Ok(())
        },
    );
}

#[test]
fn the_authorizer_allows_only_routes_of_the_api_and_stage_in_the_event() {
    let inputs = (mutation(), vec(mutation(), 0..2));
    check(
        inputs,
        async || Function::start(AUTHORIZER).await,
        async |authorizer, (first, more)| {
            let mutations = std::iter::once(&first).chain(&more);
            let method_arn =
                mutations.fold(METHOD_ARN.to_owned(), |arn, mutation| mutation.apply_to_text(&arn));
            let stage = method_arn.splitn(3, '/').take(2).collect::<Vec<_>>().join("/");
            match authorizer.lambda.invoke(authorizer_event(&authorizer.token, &method_arn)).await {
                Err(error) => prop_assert_eq!(error, "Unauthorized"),
                Ok(policy) => {
                    prop_assert!(stage.starts_with("arn:") && !stage.contains('*'), "{}", stage);
                    let resources = policy["policyDocument"]["Statement"][0]["Resource"].as_array().unwrap();
                    for resource in resources {
                        prop_assert!(
                            resource.as_str().unwrap().starts_with(&format!("{stage}/")),
                            "{}",
                            resource
                        );
                    }
                }
            }
            Ok(())
        },
    );
}
