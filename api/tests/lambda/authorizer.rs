//! The TOKEN authorizer, built, as a REST API asks it.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::support::PASSWORD;
use crate::support::lambda::{DynamoDbServer, GatewayRequest, LambdaFunction, SITE};

const AUTHORIZER: &str = env!("CARGO_BIN_EXE_authorizer");
const ARN: &str = "arn:aws:execute-api:us-east-1:123456789012:abc/prod/GET/api/me";

fn asks(token: impl Into<Value>) -> Value {
    json!({"type": "TOKEN", "authorizationToken": token.into(), "methodArn": ARN})
}

async fn signed_up(tables: &DynamoDbServer) -> String {
    let lambda = LambdaFunction::start(env!("CARGO_BIN_EXE_lambda"), tables).await;
    let ann = json!({"username": "ann", "password": PASSWORD, "name": "Ann"});
    let request = GatewayRequest::new("POST", "/api/signup").json(&ann).with("origin", SITE);
    let answer = lambda.invoke(request.v2()).await.unwrap();
    let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    body["token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_valid_token_may_use_every_route_of_this_api_and_stage() {
    let tables = DynamoDbServer::start().await;
    let token = signed_up(&tables).await;
    let authorizer = LambdaFunction::start(AUTHORIZER, &tables).await;
    for token in [format!("Bearer {token}"), format!("bearer {token}"), token] {
        let policy = authorizer.invoke(asks(token)).await.unwrap();
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
        assert!(context.values().all(Value::is_string), "flat");
    }
}

#[tokio::test]
async fn anything_else_is_unauthorized_exactly() {
    let tables = DynamoDbServer::start().await;
    let token = signed_up(&tables).await;
    let authorizer = LambdaFunction::start(AUTHORIZER, &tables).await;
    let unauthorized = Err("Unauthorized".to_owned());
    let cut = &token[..token.len() - 3];
    for wrong in [
        json!(null),
        json!(""),
        json!("Bearer"),
        json!("Bearer x"),
        json!(cut),
        json!(7),
        json!({}),
        json!("\u{0}"),
    ] {
        assert_eq!(authorizer.invoke(asks(wrong)).await, unauthorized);
    }
    for arn in [
        json!(null),
        json!(""),
        json!("*"),
        json!("arn:aws:execute-api:us-east-1:1:abc/*/GET/x"),
        json!("arn:aws:s3:::b/x/y"),
    ] {
        let question = json!({"type": "TOKEN", "authorizationToken": token, "methodArn": arn});
        assert_eq!(authorizer.invoke(question).await, unauthorized);
    }
    assert_eq!(authorizer.invoke(json!({})).await, unauthorized);
    assert!(authorizer.invoke(json!("x")).await.is_err());
    assert!(authorizer.invoke(asks(token)).await.is_ok(), "and goes on");
}

#[tokio::test]
async fn an_ended_session_is_unauthorized() {
    let tables = DynamoDbServer::start().await;
    let token = signed_up(&tables).await;
    let authorizer = LambdaFunction::start(AUTHORIZER, &tables).await;
    assert!(authorizer.invoke(asks(token.clone())).await.is_ok());
    tables.store.delete_user("ann", "another session", Timestamp::now()).await.unwrap();
    assert_eq!(authorizer.invoke(asks(token)).await, Err("Unauthorized".to_owned()));
}
