//! Permissions: every route with every kind of client. A new route needs a row in `permissions/matrix.rs`.

mod cell;
mod clients;
mod effect;
mod matrix;
mod requests;
mod scenario;

use api::routes::{Access, ROUTES, Route};

use self::clients::{Client, ClientKind};
use self::matrix::ROWS;
use self::scenario::Scenario;
use crate::support::TestApp;
use crate::support::dynamodb_server::DynamoDbServer;
use crate::support::entry_point::EntryPoint;
use crate::support::gateway::Payload;
use crate::support::identity_provider::IdentityProvider;
use crate::support::lambda::{API, AUTHORIZER, LambdaFunction};

#[test]
fn every_route_has_one_row() {
    for Route { method, path, access, .. } in ROUTES {
        let count = ROWS.iter().filter(|row| (row.method, row.path) == (method, path)).count();
        assert_eq!(
            count, 1,
            "{method} {path} must have one row in api/tests/permissions/matrix.rs. Its access is {access:?}: copy the \
             row of a similar route, and decide the status for each kind of client."
        );
    }
}

#[test]
fn every_row_has_a_route() {
    let row = ROWS.iter().find(|row| row.route().is_none());
    let name = row.map(|row| format!("{} {}", row.method, row.path));
    assert_eq!(name, None, "not in api/src/routes.rs: remove its row in api/tests/permissions/matrix.rs");
}

#[tokio::test]
async fn the_local_server_follows_the_matrix() {
    assert_follows_matrix(&local_scenario().await).await;
}

#[tokio::test]
async fn the_lambda_function_follows_the_matrix_behind_an_http_api() {
    assert_follows_matrix(&lambda_scenario(Payload::V2).await).await;
}

#[tokio::test]
async fn the_lambda_function_follows_the_matrix_behind_a_rest_api() {
    assert_follows_matrix(&lambda_scenario(Payload::V1).await).await;
}

#[tokio::test]
async fn the_authorizer_denies_the_clients_that_a_protected_route_rejects_with_401() {
    let provider = IdentityProvider::start("/").await;
    let (lambda, database) = start_lambda(API, &provider).await;
    let authorizer = LambdaFunction::start_with_env(AUTHORIZER, &database, &provider.environment()).await;
    let scenario = Scenario::new(EntryPoint::Authorizer { authorizer, lambda, database }, &provider).await;
    let EntryPoint::Authorizer { authorizer, .. } = &scenario.entry_point else { unreachable!() };
    for row in ROWS.iter().filter(|row| row.access() == Some(Access::Caller)) {
        let resource =
            |path: &str| format!("arn:aws:execute-api:us-east-1:123456789012:abc/prod/{}{path}", row.method);
        for client in &scenario.clients {
            let cell = format!("{} {}, {:?}", row.method, row.path, client.kind);
            let token = client.token.as_deref().unwrap_or_default();
            let result = authorizer.authorize_method(token, resource(&scenario.path(row.path))).await;
            if row.status(client.kind) == 401 {
                assert_eq!(result, Err("Unauthorized".to_owned()), "{cell}");
                continue;
            }
            let policy = result.expect(&cell);
            let statement = &policy["policyDocument"]["Statement"][0];
            let pattern = resource(&row.route().unwrap().path_pattern());
            assert!(statement["Resource"].as_array().unwrap().contains(&pattern.into()), "{cell}: {policy}");
            assert_eq!(
                (&statement["Effect"], &policy["principalId"]),
                (&"Allow".into(), &client.username.clone().into()),
                "{cell}"
            );
        }
    }
    assert_eq!(scenario.entry_point.database().contents(), scenario.contents, "the authorizer only reads");
}

/// A protected route must ignore the cookie, and a route that reads the cookie must ignore the access token. Only a
/// logout accepts both.
#[tokio::test]
async fn the_other_credential_of_the_owner_gives_no_permission() {
    let scenario = local_scenario().await;
    let owner = scenario.client(ClientKind::Owner);
    let mut failures = Vec::new();
    for row in ROWS {
        let client = match row.access() {
            Some(Access::Caller) => Client { token: None, ..owner.clone() },
            Some(Access::Cookie | Access::OptionalCookie) => Client { cookie: None, ..owner.clone() },
            Some(Access::Public) | None => continue,
        };
        let status = row.status(ClientKind::Guest);
        let (reply, changes) = cell::send(&scenario, row, &client).await;
        let check = cell::check_response(&scenario, row, &client, status, &reply)
            .and_then(|()| cell::check_changes(&scenario, row, &client, status, &changes));
        if let Err(failure) = check {
            failures.push(format!("{} {}: {failure}", row.method, row.path));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

async fn local_scenario() -> Scenario {
    let provider = IdentityProvider::start("/").await;
    let app = TestApp::with_config(|config| provider.configure(config)).await;
    Scenario::new(EntryPoint::Local(app), &provider).await
}

async fn lambda_scenario(payload: Payload) -> Scenario {
    let provider = IdentityProvider::start("/").await;
    let (lambda, database) = start_lambda(API, &provider).await;
    Scenario::new(EntryPoint::Lambda { payload, lambda, database }, &provider).await
}

async fn start_lambda(program: &str, provider: &IdentityProvider) -> (LambdaFunction, DynamoDbServer) {
    let database = DynamoDbServer::start().await;
    (LambdaFunction::start_with_env(program, &database, &provider.environment()).await, database)
}

async fn assert_follows_matrix(scenario: &Scenario) {
    let failures = cell::check_all(scenario).await;
    assert!(failures.is_empty(), "{} cells failed:\n{}", failures.len(), failures.join("\n"));
}
