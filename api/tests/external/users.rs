//! People of an outside issuer: their account here, what it can't do, and every entry_point.

use api::routes::PROTECTED;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use shared::users::Username;

use crate::support::PASSWORD;
use crate::support::identity_provider::{
    AUDIENCE, Behavior, IdentityProvider, app_with_provider, header, me, sign, token,
};
use crate::support::lambda::{DynamoDbServer, GatewayRequest, LambdaFunction};

#[tokio::test]
async fn the_username_is_that_of_issuer_and_subject() {
    let (app, issuer) = app_with_provider("").await;
    let mut claims = issuer.claims(app.state.clock.now());
    let first = me(&app, &sign(&header("first"), &claims)).await.body["username"].clone();
    let hash = aws_lc_rs::digest::digest(
        &aws_lc_rs::digest::SHA256,
        json!([issuer.url(), "somebody"]).to_string().as_bytes(),
    );
    let bits: String = hash.as_ref().iter().map(|byte| format!("{byte:08b}")).collect();
    let letters = (0..16).map(|place| usize::from_str_radix(&bits[5 * place..5 * place + 5], 2).unwrap());
    let base32: String =
        letters.map(|letter| char::from(b"abcdefghijklmnopqrstuvwxyz234567"[letter])).collect();
    assert_eq!(first, format!("u-{base32}"));

    claims["name"] = json!("x".repeat(81));
    assert_eq!(me(&app, &sign(&header("first"), &claims)).await.body["name"], first, "only the first time");
    claims["sub"] = json!("somebody else");
    let second = me(&app, &sign(&header("first"), &claims)).await.body;
    assert_ne!(second["username"], first);
    assert_eq!(second["name"], second["username"], "what breaks the rule for names is none");

    let taken = json!({"username": first, "password": PASSWORD, "name": "Eve"});
    app.guest().post("/api/signup", taken).await.assert_field_error("username");
    let log_in = json!({"username": first, "password": PASSWORD});
    app.guest().post("/api/login", log_in).await.assert_problem(401, "wrong-login");
}

#[tokio::test]
async fn of_many_first_uses_at_once_comes_one_account() {
    let (app, issuer) = app_with_provider("").await;
    let outside = app.guest().with_token(&token(&app, &issuer));
    let requests = (0..20).map(|number| {
        let outside = outside.clone();
        tokio::spawn(async move { outside.post("/api/messages", json!({"body": number.to_string()})).await })
    });
    for request in requests.collect::<Vec<_>>() {
        let reply = request.await.unwrap();
        assert_eq!(reply.status, 201, "{reply:?}");
    }
    assert_eq!(issuer.asked(), 2, "one fetch");
    let export = outside.get("/api/me/export").await.body;
    assert_eq!(export["messages"].as_array().unwrap().len(), 20);
    assert_eq!(export["user"], outside.get("/api/me").await.body);
}

#[tokio::test]
async fn what_needs_a_password_or_a_session_answers_409() {
    let (app, issuer) = app_with_provider("").await;
    let outside = app.guest().with_token(&token(&app, &issuer));
    let change = json!({"current": PASSWORD, "new": "twelve purple kettles sing"});
    outside.put("/api/me/password", change).await.assert_problem(409, "no-password");
    outside.post("/api/me/delete", json!({"password": PASSWORD})).await.assert_problem(409, "no-password");
    outside.get("/api/me/sessions").await.assert_problem(409, "no-password");
    outside.delete("/api/me/sessions").await.assert_problem(409, "no-password");
    outside.delete(&format!("/api/me/sessions/{}", "A".repeat(43))).await.assert_problem(409, "no-password");
    outside.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
    assert_eq!(outside.post("/api/logout", json!({})).await.status, 204);
    assert_eq!(outside.patch("/api/me", json!({"name": "Ann"})).await.body["name"], "Ann");
    assert_eq!(outside.get("/api/me").await.body["name"], "Ann", "the name is theirs to change");
}

#[tokio::test]
async fn a_deletion_needs_a_new_token() {
    let (app, issuer) = app_with_provider("").await;
    let old = token(&app, &issuer);
    let outside = app.guest().with_token(&old);
    outside.post("/api/messages", json!({"body": "hello"})).await;
    app.state.clock.advance(SignedDuration::from_secs(301));
    let refused = outside.post("/api/me/delete", json!({})).await;
    refused.assert_problem(401, "not-logged-in");
    assert!(refused.header("www-authenticate").contains("insufficient_user_authentication"), "{refused:?}");
    let mut undated = issuer.claims(app.state.clock.now());
    undated.as_object_mut().unwrap().remove("iat");
    let undated = app.guest().with_token(&sign(&header("first"), &undated));
    assert_eq!(undated.get("/api/me").await.status, 200);
    undated.post("/api/me/delete", json!({})).await.assert_problem(401, "not-logged-in");
    assert_eq!(app.guest().messages().await, ["hello"]);

    let new = app.guest().with_token(&token(&app, &issuer));
    assert_eq!(new.post("/api/me/delete", json!({})).await.status, 204);
    assert!(app.guest().messages().await.is_empty());
    for token in [old, token(&app, &issuer)] {
        me(&app, &token).await.assert_problem(401, "not-logged-in");
    }
    app.sign_up("ann").await.post("/api/me/delete", json!({})).await.assert_field_error("password");
}

#[tokio::test]
async fn every_protected_route_knows_them() {
    let (app, issuer) = app_with_provider("").await;
    let outside = app.guest().with_token(&token(&app, &issuer));
    for (method, path) in PROTECTED.into_iter().filter(|(_, path)| *path != "/api/me/delete") {
        let path = path.replace("{id}", "00000000-0000-4000-8000-000000000000");
        let reply = outside.send(method.parse().unwrap(), &path, |request| request.json(&json!({}))).await;
        assert!(reply.status < 500 && reply.status != 401, "{method} {path}: {reply:?}");
    }
}

#[tokio::test]
async fn both_functions_know_them_and_only_the_api_writes() {
    let (tables, issuer) = (DynamoDbServer::start().await, IdentityProvider::start("/").await);
    let trust = [("WISHBOARD_TRUSTED_ISSUER", issuer.url()), ("WISHBOARD_TRUSTED_AUDIENCE", AUDIENCE)];
    let authorizer = LambdaFunction::start_with(env!("CARGO_BIN_EXE_authorizer"), &tables, &trust).await;
    let lambda = LambdaFunction::start_with(env!("CARGO_BIN_EXE_lambda"), &tables, &trust).await;
    let mut claims = issuer.claims(Timestamp::now());
    claims["scope"] = json!("openid");
    let token = sign(&header("first"), &claims);
    let arn = "arn:aws:execute-api:us-east-1:123456789012:abc/prod/GET/api/me";
    let asks = |token: &str| json!({"type": "TOKEN", "authorizationToken": token, "methodArn": arn});

    let policy = authorizer.invoke(asks(&token)).await.unwrap();
    let username = policy["principalId"].as_str().unwrap().to_owned();
    assert_eq!(policy["context"], json!({"username": username, "scope": "openid"}));
    assert_eq!(policy["policyDocument"]["Statement"][0]["Effect"], "Allow");
    let stored = async || tables.store.find_user(&Username::parse(&username).unwrap()).await.unwrap();
    assert!(stored().await.is_none(), "the authorizer only reads");

    let me = GatewayRequest::new("GET", "/api/me").with("authorization", &format!("Bearer {token}"));
    for event in [me.v2(), me.v1()] {
        let answer = lambda.invoke(event).await.unwrap();
        assert_eq!(answer["statusCode"], 200, "{answer}");
        assert!(answer["body"].as_str().unwrap().contains(&username));
    }
    assert!(stored().await.is_some());
    assert_eq!(authorizer.invoke(asks(&token)).await.unwrap()["principalId"], json!(username));

    claims["nonce"] = json!("an ID token");
    let crooked = sign(&header("first"), &claims);
    assert_eq!(authorizer.invoke(asks(&crooked)).await, Err("Unauthorized".to_owned()));
    let delete = GatewayRequest::new("POST", "/api/me/delete").with("authorization", &token).json(&json!({}));
    assert_eq!(lambda.invoke(delete.v2()).await.unwrap()["statusCode"], 204);
    assert_eq!(authorizer.invoke(asks(&token)).await, Err("Unauthorized".to_owned()));
}

#[tokio::test]
async fn an_issuer_that_is_down_opens_no_door() {
    let (tables, issuer) = (DynamoDbServer::start().await, IdentityProvider::start("/").await);
    let trust = [("WISHBOARD_TRUSTED_ISSUER", issuer.url()), ("WISHBOARD_TRUSTED_AUDIENCE", AUDIENCE)];
    issuer.is(Behavior::Broken);
    let authorizer = LambdaFunction::start_with(env!("CARGO_BIN_EXE_authorizer"), &tables, &trust).await;
    let lambda = LambdaFunction::start_with(env!("CARGO_BIN_EXE_lambda"), &tables, &trust).await;
    let token = sign(&header("first"), &issuer.claims(Timestamp::now()));
    let arn = "arn:aws:execute-api:us-east-1:123456789012:abc/prod/GET/api/me";
    let question: Value = json!({"type": "TOKEN", "authorizationToken": token, "methodArn": arn});
    assert_eq!(authorizer.invoke(question).await, Err("Unavailable".to_owned()));
    let me = GatewayRequest::new("GET", "/api/me").with("authorization", &token);
    assert_eq!(lambda.invoke(me.v2()).await.unwrap()["statusCode"], 503);
}
