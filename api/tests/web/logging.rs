//! The log: it never contains secrets or paths, and it names the route of each request.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

use futures_util::future::join_all;
use serde_json::json;

use crate::support::dynamodb_server::DynamoDbServer;
use crate::support::gateway::{GatewayRequest, Payload};
use crate::support::lambda::{API, AUTHORIZER, LambdaFunction};
use crate::support::local_server::{LocalServer, data_folder};
use crate::support::temp_folder::TempFolder;
use crate::support::{NEW_PASSWORD, PASSWORD, Reply, TestClient, sign_up_body};

/// Values of `RUST_LOG` that enable as much logging as possible: for all targets, for those that log bodies, and by
/// span and field.
const VERBOSE_FILTERS: [&str; 8] = [
    "trace",
    "TRACE",
    "5",
    "aws=trace,hyper=trace,h2=trace,lambda=trace",
    "aws_smithy_runtime::client::orchestrator=trace,aws_sdk_dynamodb=debug",
    "[request]=trace",
    "warn,[try_op]=trace,[try_attempt]=trace,[invoke]=trace,[{method}]=trace",
    "info,aws_smithy_runtime[{operation}]=trace,[request{method=P.*}]=trace",
];

/// Parts of every secret in the tables.
const STORED_SECRETS: [&str; 3] = ["PRIVATE KEY", "$argon2id", "ring#private"];

fn assert_contains_no_secret(log: &str, secrets: &[String], filter: &str) {
    for secret in secrets.iter().map(String::as_str).chain(STORED_SECRETS) {
        let line = log.lines().find(|line| line.contains(secret)).unwrap_or_default();
        assert!(line.is_empty(), "RUST_LOG={filter}: {secret} is in {}", &line[..line.len().min(300)]);
    }
}

/// Returns the claims and the signature of a token. The header is the same in all tokens.
fn secret_parts(token: &str) -> impl Iterator<Item = String> + '_ {
    token.split('.').skip(1).map(str::to_owned)
}

#[tokio::test]
async fn the_log_of_the_local_server_contains_no_secret_at_any_level() {
    join_all(VERBOSE_FILTERS.map(|filter| Box::pin(assert_local_server_logs_no_secret(filter)))).await;
}

async fn assert_local_server_logs_no_secret(filter: &str) {
    let folder = data_folder().await;
    let path = folder.join("log");
    let mut command = LocalServer::command(folder.path());
    command.env("RUST_LOG", filter);
    let server = LocalServer::start_with_log(command, File::create(&path).unwrap());
    let secrets = use_secrets(&server.guest()).await;
    drop(server);
    let keys = Command::new(env!("CARGO_BIN_EXE_keys"))
        .arg("rotate")
        .env("WISHBOARD_DATA", folder.path())
        .env("RUST_LOG", filter)
        .output()
        .unwrap();
    assert!(keys.status.success(), "{keys:?}");
    let log = std::fs::read_to_string(&path).unwrap()
        + &String::from_utf8_lossy(&keys.stdout)
        + &String::from_utf8_lossy(&keys.stderr);
    assert_contains_no_secret(&log, &secrets, filter);
}

/// Signs up, logs in, refreshes the token, posts, and changes the password. Returns the secrets of these requests.
async fn use_secrets(guest: &TestClient) -> Vec<String> {
    let sign_up = guest.post("/api/signup", sign_up_body("ann")).await;
    let login = guest.try_log_in("ann", PASSWORD).await;
    let ann = guest.with_credentials(&login);
    assert_eq!(ann.post("/api/token", json!({})).await.status, 200);
    let post = ann.post("/api/messages?secret=in-the-query", json!({"body": "a body"})).await;
    assert_eq!(post.status, 201);
    let change = json!({"current": PASSWORD, "new": NEW_PASSWORD});
    assert_eq!(ann.put("/api/me/password", change).await.status, 204);
    let mut secrets = [PASSWORD, NEW_PASSWORD, "a body", "in-the-query"].map(str::to_owned).to_vec();
    for reply in [sign_up, login] {
        secrets.extend(secret_parts(reply.token()));
        secrets.push(cookie_secret(&reply));
    }
    secrets
}

fn cookie_secret(reply: &Reply) -> String {
    reply.cookie().split_once('=').unwrap().1.to_owned()
}

#[tokio::test]
async fn the_logs_of_the_lambda_functions_contain_no_secret_at_any_level() {
    join_all(VERBOSE_FILTERS.map(|filter| Box::pin(assert_functions_log_no_secret(filter)))).await;
}

async fn assert_functions_log_no_secret(filter: &str) {
    let (database, folder) = (DynamoDbServer::start().await, TempFolder::new());
    let path = folder.join("log");
    let environment = [("RUST_LOG", filter)];
    let lambda = LambdaFunction::start_with_log(API, &database, &environment, append_to(&path)).await;
    let signed_up = lambda.send(Payload::V2, &GatewayRequest::sign_up("ann")).await;
    let token = signed_up.token();
    let cookie = signed_up.cookie().split_once('=').unwrap().1.to_owned();
    let me = GatewayRequest::new("GET", "/api/me").with_token(&token);
    assert_eq!(lambda.send(Payload::V1, &me).await.status(), 200);
    let authorizer =
        LambdaFunction::start_with_log(AUTHORIZER, &database, &environment, append_to(&path)).await;
    authorizer.authorize(token.as_str()).await.unwrap();

    // Events that are not requests, and a database that fails.
    let _ = authorizer.invoke(json!([token, PASSWORD])).await;
    let _ = lambda.invoke(json!({"body": token, "headers": {"cookie": cookie}})).await;
    database.fail_operation("GetItem");
    let wishes = lambda.send(Payload::V2, &GatewayRequest::new("GET", "/api/users/ann/wishes")).await;
    assert_eq!(wishes.status(), 503);

    drop((lambda, authorizer));
    let mut secrets = vec![PASSWORD.to_owned(), cookie];
    secrets.extend(secret_parts(&token));
    assert_contains_no_secret(&std::fs::read_to_string(&path).unwrap(), &secrets, filter);
}

fn append_to(path: &Path) -> [Stdio; 2] {
    let open = || Stdio::from(File::options().create(true).append(true).open(path).unwrap());
    [open(), open()]
}

#[tokio::test]
async fn a_rejected_origin_is_logged_with_the_variable_that_allows_it() {
    let folder = data_folder().await;
    let path = folder.join("log");
    let server =
        LocalServer::start_with_log(LocalServer::command(folder.path()), File::create(&path).unwrap());
    let long = format!("https://{}.example", "x".repeat(300));
    for origin in ["http://wishes.local:8080", "https://a.example \"status=200", &long] {
        let rejected = server.guest().with("origin", origin).post("/api/token", json!({})).await;
        rejected.assert_problem(403, "cross-site");
        let detail = rejected.body["detail"].as_str().unwrap();
        assert!(detail.contains("WISHBOARD_ORIGINS") && !detail.contains("reload"), "{detail}");
    }
    // The variable cannot allow this request, because the browser itself reports that it is from another site.
    let other_site = server.guest().with("sec-fetch-site", "cross-site").with("origin", "https://b.example");
    other_site.post("/api/token", json!({})).await.assert_problem(403, "cross-site");
    drop(server);
    let log = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = log.lines().filter(|line| line.contains("WISHBOARD_ORIGINS")).collect();
    assert_eq!(lines.len(), 3, "{log}");
    assert!(lines[0].contains("WARN") && lines[0].contains("\"http://wishes.local:8080\""), "{log}");
    assert!(lines[1].contains("\"https://a.example \\\"status=200\""), "{log}");
    assert!(lines[2].contains(&long[..100]) && !lines[2].contains(&long[..101]), "{log}");
    assert!(!log.contains("b.example"), "{log}");
}

#[tokio::test]
async fn a_request_is_logged_with_its_route_but_not_its_path() {
    let folder = data_folder().await;
    let path = folder.join("log");
    let server =
        LocalServer::start_with_log(LocalServer::command(folder.path()), File::create(&path).unwrap());
    let requests = [
        ("GET", "/api/users/private-name/wishes", 404, "/api/users/{username}/wishes"),
        ("POST", "/api/users/private-name/wishes", 405, "/api/users/{username}/wishes"),
        ("GET", "/api/users/private-name", 404, "unmatched"),
        ("PATCH", "/api/messages/private-name", 401, "/api/messages/{id}"),
        ("GET", "/lite/private-name", 404, "/lite/{*rest}"),
        ("GET", "/lists/private-name", 404, "unmatched"),
        ("GET", "/private-name?private-name", 404, "unmatched"),
        ("OPTIONS", "/%E2%80%AEprivate-name", 404, "unmatched"),
        ("GET", "/api/health?private-name", 200, "/api/health"),
    ];
    for (method, path, status, _) in requests {
        let reply = server.guest().send(method.parse().unwrap(), path, |request| request).await;
        assert_eq!(reply.status, status, "{method} {path}");
    }
    drop(server);
    let log = std::fs::read_to_string(&path).unwrap();
    assert!(!log.contains("private-name"), "{log}");
    let lines: Vec<&str> = log.lines().filter(|line| line.contains("request{")).collect();
    assert_eq!(lines.len(), requests.len(), "{log}");
    for (line, (method, _, status, route)) in lines.into_iter().zip(requests) {
        for part in [format!("method={method}"), format!("status={status}"), format!("route=\"{route}\"")] {
            assert!(line.contains(&part), "{part} is not in {line}");
        }
    }
}
