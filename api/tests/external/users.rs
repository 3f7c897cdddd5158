//! Users of the external identity provider: their account, what they cannot do, and the entry points on AWS.

use api::routes::{Route, protected_routes};
use api::store::external_identities::ExternalIdentity;
use api::store::users::User;
use api::web::error::Error;
use data_encoding::BASE32_NOPAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use shared::users::Username;

use crate::support::dynamodb_server::DynamoDbServer;
use crate::support::gateway::{GatewayRequest, Payload};
use crate::support::identity_provider::{
    AppWithProvider, Behavior, IdentityProvider, sign_token, token_header,
};
use crate::support::lambda::{API, AUTHORIZER, LambdaFunction};
use crate::support::stored::store_external_user;
use crate::support::{NEW_PASSWORD, PASSWORD, UUID, with_members};

#[tokio::test]
async fn the_username_is_a_hash_of_issuer_and_subject() {
    let app = AppWithProvider::start("").await;
    let first = app.get_me(&app.token()).await.body["username"].clone();
    let identity = json!([app.provider.issuer(), "subject"]).to_string();
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, identity.as_bytes());
    let base32 = BASE32_NOPAD.encode(&hash.as_ref()[..10]).to_lowercase();
    assert_eq!(first, format!("u-{base32}"));

    let other = app.claims_with(&json!({"sub": "another subject"}));
    let other = app.get_me(&sign_token(&token_header("first"), &other)).await.body;
    assert_ne!(other["username"], first);

    let sign_up = json!({"username": first, "password": PASSWORD, "name": "Eve"});
    app.app.guest().post("/api/signup", sign_up).await.assert_field_error("username");
    let login = app.app.guest().try_log_in(first.as_str().unwrap(), PASSWORD).await;
    login.assert_problem(401, "wrong-login");
}

#[tokio::test]
async fn the_name_is_read_from_the_first_token_only_and_must_be_valid() {
    let app = AppWithProvider::start("").await;
    let user_with = async |claims| {
        let claims = app.claims_with(&claims);
        app.get_me(&sign_token(&token_header("first"), &claims)).await.body
    };
    let first = user_with(json!({})).await;
    assert_eq!(first["name"], first["username"]);
    assert_eq!(user_with(json!({"name": "Ann"})).await, first);
    let too_long = user_with(json!({"sub": "another subject", "name": "x".repeat(81)})).await;
    assert_eq!(too_long["name"], too_long["username"]);
}

#[tokio::test]
async fn parallel_first_requests_create_one_account() {
    let app = AppWithProvider::start("").await;
    let external = app.client();
    let requests = (0..20).map(|number| {
        let external = external.clone();
        tokio::spawn(async move { external.post("/api/messages", json!({"body": number.to_string()})).await })
    });
    for request in requests.collect::<Vec<_>>() {
        let reply = request.await.unwrap();
        assert_eq!(reply.status, 201, "{reply:?}");
    }
    assert_eq!(app.provider.request_count(), 2, "one discovery document and one JWK Set");
    let export = external.get("/api/me/export").await.body;
    assert_eq!(export["messages"].as_array().unwrap().len(), 20);
    assert_eq!(export["user"], external.get("/api/me").await.body);
}

#[tokio::test]
async fn an_identity_gets_one_user_which_is_deleted_once() {
    let app = AppWithProvider::start("").await;
    let username = app.client().get("/api/me").await.body["username"].as_str().unwrap().to_owned();
    let (store, now) = (&app.app.state.store, app.app.state.clock.now());
    let identity = ExternalIdentity::new(app.provider.issuer(), "subject");
    let user = app.app.stored_user(&username).await;
    let renamed = User { name: "Eve".to_owned(), ..user };
    assert!(!store.create_external_user(&identity, &renamed).await.unwrap());
    assert_eq!(app.client().get("/api/me").await.body["name"], json!(username), "nothing was written");

    store.delete_external_user(&identity, now).await.unwrap();
    let again = store.delete_external_user(&identity, now).await;
    assert!(matches!(again, Err(Error::SessionEnded)), "{again:?}");
}

/// A username contains 80 bits of a hash, so two identities could have the same one.
#[tokio::test]
async fn an_identity_cannot_log_in_if_another_identity_has_its_username() {
    let app = AppWithProvider::start("").await;
    let username = ExternalIdentity::new(app.provider.issuer(), "subject").username();
    store_external_user(&app.app.state.store, &username, "Ann").await;
    app.get_me(&app.token()).await.assert_problem(401, "not-logged-in");
    assert_eq!(app.app.stored_user(&username).await.name, "Ann");
}

#[tokio::test]
async fn a_request_that_needs_a_password_or_a_session_is_409() {
    let app = AppWithProvider::start("").await;
    let external = app.client();
    let change = json!({"current": PASSWORD, "new": NEW_PASSWORD});
    let session = format!("/api/me/sessions/{}", "A".repeat(43));
    external.put("/api/me/password", change).await.assert_problem(409, "no-password");
    let deletion = external.post("/api/me/delete", json!({"password": PASSWORD})).await;
    deletion.assert_problem(409, "no-password");
    external.get("/api/me/sessions").await.assert_problem(409, "no-password");
    external.delete("/api/me/sessions").await.assert_problem(409, "no-password");
    external.delete(&session).await.assert_problem(409, "no-password");
    external.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
    assert_eq!(external.post("/api/logout", json!({})).await.status, 204);
}

#[tokio::test]
async fn an_external_user_can_change_the_name() {
    let external = AppWithProvider::start("").await.client();
    assert_eq!(external.patch("/api/me", json!({"name": "Ann"})).await.body["name"], "Ann");
    assert_eq!(external.get("/api/me").await.body["name"], "Ann");
}

#[tokio::test]
async fn a_deletion_needs_a_token_that_is_less_than_five_minutes_old() {
    let app = AppWithProvider::start("").await;
    let old = app.token();
    let external = app.app.guest().with_token(&old);
    external.post("/api/messages", json!({"body": "hello"})).await;
    app.app.advance(SignedDuration::from_secs(301));
    let refused = external.post("/api/me/delete", json!({})).await;
    refused.assert_problem(401, "not-logged-in");
    assert!(refused.header("www-authenticate").contains("insufficient_user_authentication"), "{refused:?}");
    let without_iat = sign_token(&token_header("first"), &app.claims_with(&json!({"iat": null})));
    let without_iat = app.app.guest().with_token(&without_iat);
    assert_eq!(without_iat.get("/api/me").await.status, 200);
    without_iat.post("/api/me/delete", json!({})).await.assert_problem(401, "not-logged-in");
    assert_eq!(app.app.guest().messages().await, ["hello"]);

    assert_eq!(app.client().post("/api/me/delete", json!({})).await.status, 204);
    assert!(app.app.guest().messages().await.is_empty());
    for token in [old, app.token()] {
        app.get_me(&token).await.assert_problem(401, "not-logged-in");
    }
}

#[tokio::test]
async fn a_user_with_a_password_cannot_delete_the_account_without_it() {
    let app = AppWithProvider::start("").await;
    let ann = app.app.sign_up("ann").await;
    ann.post("/api/me/delete", json!({})).await.assert_field_error("password");
}

#[tokio::test]
async fn every_protected_route_accepts_a_token_of_the_provider() {
    let external = AppWithProvider::start("").await.client();
    for Route { method, path, .. } in protected_routes().filter(|route| route.path != "/api/me/delete") {
        let path = path.replace("{id}", UUID);
        let reply = external.send(method.parse().unwrap(), &path, |request| request.json(&json!({}))).await;
        assert!(reply.status < 500 && reply.status != 401, "{method} {path}: {reply:?}");
    }
}

#[tokio::test]
async fn both_lambda_functions_accept_the_tokens_and_only_the_api_stores_the_user() {
    let (database, provider) = (DynamoDbServer::start().await, IdentityProvider::start("/").await);
    let environment = provider.environment();
    let authorizer = LambdaFunction::start_with_env(AUTHORIZER, &database, &environment).await;
    let lambda = LambdaFunction::start_with_env(API, &database, &environment).await;
    let claims = provider.claims_with(Timestamp::now(), &json!({"scope": "openid"}));
    let token = sign_token(&token_header("first"), &claims);

    let policy = authorizer.authorize(token.as_str()).await.unwrap();
    let username = policy["principalId"].as_str().unwrap().to_owned();
    assert_eq!(policy["context"], json!({"username": username, "scope": "openid"}));
    assert_eq!(policy["policyDocument"]["Statement"][0]["Effect"], "Allow");
    let is_stored =
        async || database.store.find_user(&Username::parse(&username).unwrap()).await.unwrap().is_some();
    assert!(!is_stored().await, "the authorizer only reads");

    for payload in Payload::ALL {
        let me = lambda.send(payload, &GatewayRequest::new("GET", "/api/me").with_token(&token)).await;
        assert_eq!((me.status(), &me.json()["username"]), (200, &json!(username)), "{me:?}");
    }
    assert!(is_stored().await);
    assert_eq!(authorizer.authorize(token.as_str()).await.unwrap()["principalId"], json!(username));

    let id_token = sign_token(&token_header("first"), &with_members(&claims, &json!({"nonce": "x"})));
    assert_eq!(authorizer.authorize(id_token).await, Err("Unauthorized".to_owned()));
    let deletion = GatewayRequest::new("POST", "/api/me/delete").with_token(&token).json(&json!({}));
    assert_eq!(lambda.send(Payload::V2, &deletion).await.status(), 204);
    assert_eq!(authorizer.authorize(token).await, Err("Unauthorized".to_owned()));
}

#[tokio::test]
async fn the_lambda_functions_refuse_the_tokens_of_a_provider_that_fails() {
    let (database, provider) = (DynamoDbServer::start().await, IdentityProvider::start("/").await);
    provider.set_behavior(Behavior::InternalError);
    let environment = provider.environment();
    let authorizer = LambdaFunction::start_with_env(AUTHORIZER, &database, &environment).await;
    let lambda = LambdaFunction::start_with_env(API, &database, &environment).await;
    let token = sign_token(&token_header("first"), &provider.claims(Timestamp::now()));
    assert_eq!(authorizer.authorize(token.as_str()).await, Err("Unavailable".to_owned()));
    let me = GatewayRequest::new("GET", "/api/me").with_token(&token);
    assert_eq!(lambda.send(Payload::V2, &me).await.status(), 503);
}
