//! The TOKEN authorizer as a REST API calls it.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::support::dynamodb_server::DynamoDbServer;
use crate::support::gateway::{GatewayRequest, Payload};
use crate::support::lambda::{API, AUTHORIZER, LambdaFunction};

/// Starts the authorizer. Returns it with its database and the access token of a new user.
async fn start_with_user() -> (LambdaFunction, DynamoDbServer, String) {
    let database = DynamoDbServer::start().await;
    let lambda = LambdaFunction::start(API, &database).await;
    let token = lambda.send(Payload::V2, &GatewayRequest::sign_up("ann")).await.token();
    (LambdaFunction::start(AUTHORIZER, &database).await, database, token)
}

fn unauthorized() -> Result<Value, String> {
    Err("Unauthorized".to_owned())
}

#[tokio::test]
async fn a_valid_token_allows_every_route_of_the_api_and_stage() {
    let (authorizer, _database, token) = start_with_user().await;
    for token in [format!("Bearer {token}"), format!("bearer {token}"), token] {
        let policy = authorizer.authorize(token).await.unwrap();
        assert_eq!(policy["principalId"], "ann");
        let statement = &policy["policyDocument"]["Statement"][0];
        assert_eq!(
            (&statement["Effect"], &statement["Action"]),
            (&json!("Allow"), &json!("execute-api:Invoke"))
        );
        let resources = statement["Resource"].as_array().unwrap();
        let api = "arn:aws:execute-api:us-east-1:123456789012:abc/prod";
        for route in ["GET/api/me", "POST/api/messages", "PATCH/api/wishes/*"] {
            assert!(resources.contains(&json!(format!("{api}/{route}"))), "{policy}");
        }
        assert!(resources.iter().all(|resource| resource.as_str().unwrap().starts_with(api)));
        let context = policy["context"].as_object().unwrap();
        assert_eq!((&context["username"], &context["scope"]), (&json!("ann"), &json!("wishboard")));
        assert!(context.values().all(Value::is_string), "API Gateway accepts no objects or arrays");
    }
}

/// API Gateway responds with 401 if the error message is exactly `Unauthorized`, and with 500 otherwise.
#[tokio::test]
async fn an_invalid_token_or_method_is_unauthorized() {
    let (authorizer, _database, token) = start_with_user().await;
    for invalid in [
        json!(null),
        json!(""),
        json!("Bearer"),
        json!("Bearer x"),
        json!(&token[..token.len() - 3]),
        json!(7),
        json!({}),
        json!("\u{0}"),
    ] {
        assert_eq!(authorizer.authorize(invalid.clone()).await, unauthorized(), "{invalid}");
    }
    for method_arn in [
        json!(null),
        json!(""),
        json!("*"),
        json!("arn:aws:execute-api:us-east-1:1:abc/*/GET/x"),
        json!("arn:aws:s3:::b/x/y"),
    ] {
        let result = authorizer.authorize_method(token.as_str(), method_arn.clone()).await;
        assert_eq!(result, unauthorized(), "{method_arn}");
    }
    assert_eq!(authorizer.invoke(json!({})).await, unauthorized());
    assert!(authorizer.invoke(json!("x")).await.is_err());
    assert!(authorizer.authorize(token).await.is_ok(), "the function still works");
}

#[tokio::test]
async fn a_token_of_a_deleted_user_is_unauthorized() {
    let (authorizer, database, token) = start_with_user().await;
    assert!(authorizer.authorize(token.as_str()).await.is_ok());
    database.store.delete_user("ann", "another session", Timestamp::now()).await.unwrap();
    assert_eq!(authorizer.authorize(token).await, unauthorized());
}
