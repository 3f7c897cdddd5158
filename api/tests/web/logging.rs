//! What the log contains, and what it never contains, however much of it `RUST_LOG` asks for.

use std::fs::File;
use std::process::{Command, Stdio};

use reqwest::Client;
use serde_json::{Value, json};

use crate::support::PASSWORD;
use crate::support::lambda::{DynamoDbServer, GatewayRequest, LambdaFunction};
use crate::support::local_server::{LocalServer, TempFolder};

const NEW_PASSWORD: &str = "twelve purple kettles sing";

/// Ways to ask for everything: for all targets, for those that log bodies, by spans and fields.
const SPELLINGS: [&str; 8] = [
    "trace",
    "TRACE",
    "5",
    "aws=trace,hyper=trace,h2=trace,lambda=trace",
    "aws_smithy_runtime::client::orchestrator=trace,aws_sdk_dynamodb=debug",
    "[request]=trace",
    "warn,[try_op]=trace,[try_attempt]=trace,[invoke]=trace,[{method}]=trace",
    "info,aws_smithy_runtime[{operation}]=trace,[request{method=P.*}]=trace",
];

/// What marks a secret of the table, whoever it belongs to.
const STORED: [&str; 3] = ["PRIVATE KEY", "$argon2id", "ring#private"];

#[tokio::test]
async fn no_secret_is_in_the_log_of_the_local_server_at_any_level() {
    let folder = TempFolder::new();
    for (number, spelling) in SPELLINGS.into_iter().enumerate() {
        let path = folder.0.join("log");
        let mut command = LocalServer::command(&folder.0);
        command.env("RUST_LOG", spelling);
        let local = LocalServer::start_with_log(command, File::create(&path).unwrap());
        let secrets = use_secrets(&local.url, &format!("user{number}")).await;
        drop(local);
        let keys = Command::new(env!("CARGO_BIN_EXE_keys"))
            .args(["rotate", "--all"])
            .env("WISHBOARD_DATA", &folder.0)
            .env("RUST_LOG", spelling)
            .output()
            .unwrap();
        assert!(keys.status.success(), "{keys:?}");
        let log = std::fs::read_to_string(&path).unwrap()
            + &String::from_utf8_lossy(&keys.stdout)
            + &String::from_utf8_lossy(&keys.stderr);
        assert_has_none_of(&log, &secrets, spelling);
    }
}

/// Signs up, logs in, posts, and changes the password. Returns the secrets that this used.
async fn use_secrets(url: &str, username: &str) -> Vec<String> {
    let http = Client::new();
    let mut secrets = vec![PASSWORD.to_owned(), NEW_PASSWORD.to_owned(), "a body".to_owned()];
    let sign_up = json!({"username": username, "password": PASSWORD, "name": "Ann"});
    let log_in = json!({"username": username, "password": PASSWORD});
    let mut authorization = (String::new(), String::new());
    for (path, body) in [("/api/signup", sign_up), ("/api/login", log_in)] {
        let reply = http.post(format!("{url}{path}")).json(&body).send().await.unwrap();
        let cookie = reply.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let token = reply.json::<Value>().await.unwrap()["token"].as_str().unwrap().to_owned();
        secrets.extend(token.split('.').skip(1).chain(cookie.split('=').skip(1)).map(str::to_owned));
        authorization = (token, cookie);
    }
    let (token, cookie) = authorization;
    let refresh = http.post(format!("{url}/api/token")).header("cookie", cookie).json(&json!({}));
    assert_eq!(refresh.send().await.unwrap().status(), 200);
    let post = http.post(format!("{url}/api/messages?secret=in-the-query")).bearer_auth(&token);
    assert_eq!(post.json(&json!({"body": "a body"})).send().await.unwrap().status(), 201);
    let change = json!({"current": PASSWORD, "new": NEW_PASSWORD});
    let change = http.put(format!("{url}/api/me/password")).bearer_auth(&token).json(&change);
    assert_eq!(change.send().await.unwrap().status(), 204);
    secrets.push("in-the-query".to_owned());
    secrets
}

#[tokio::test]
async fn no_secret_is_in_the_log_of_the_functions_at_any_level() {
    let tables = DynamoDbServer::start().await;
    let folder = TempFolder::new();
    for (number, spelling) in SPELLINGS.into_iter().enumerate() {
        let path = folder.0.join("log");
        let variables = [("RUST_LOG", spelling)];
        let log = || Stdio::from(File::options().create(true).append(true).open(&path).unwrap());
        let lambda =
            LambdaFunction::start_with_log(env!("CARGO_BIN_EXE_lambda"), &tables, &variables, [log(), log()])
                .await;
        let sign_up = json!({"username": format!("user{number}"), "password": PASSWORD, "name": "Ann"});
        let answer =
            lambda.invoke(GatewayRequest::new("POST", "/api/signup").json(&sign_up).v2()).await.unwrap();
        let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
        let token = body["token"].as_str().unwrap();
        let cookie = answer["cookies"][0].as_str().unwrap().split(['=', ';']).nth(1).unwrap();
        let me = GatewayRequest::new("GET", "/api/me").with("authorization", &format!("Bearer {token}"));
        assert_eq!(lambda.invoke(me.v1()).await.unwrap()["statusCode"], 200);
        let authorizer = LambdaFunction::start_with_log(
            env!("CARGO_BIN_EXE_authorizer"),
            &tables,
            &variables,
            [log(), log()],
        )
        .await;
        let arn = "arn:aws:execute-api:us-east-1:123456789012:abc/prod/GET/api/me";
        let question = json!({"type": "TOKEN", "authorizationToken": token, "methodArn": arn});
        authorizer.invoke(question).await.unwrap();
        // What is no request at all.
        let _ = authorizer.invoke(json!([token, PASSWORD])).await;
        let _ = lambda.invoke(json!({"body": token, "headers": {"cookie": cookie}})).await;
        tables.refuse("GetItem");
        let _ = lambda.invoke(GatewayRequest::new("GET", "/api/users/ann/wishes").v2()).await;
        tables.refuse("");
        drop((lambda, authorizer));
        let mut secrets = vec![PASSWORD.to_owned(), cookie.to_owned()];
        secrets.extend(token.split('.').skip(1).map(str::to_owned));
        assert_has_none_of(&std::fs::read_to_string(&path).unwrap(), &secrets, spelling);
    }
}

#[track_caller]
fn assert_has_none_of(log: &str, secrets: &[String], spelling: &str) {
    for secret in secrets.iter().map(String::as_str).chain(STORED) {
        let line = log.lines().find(|line| line.contains(secret)).unwrap_or_default();
        assert!(line.is_empty(), "RUST_LOG={spelling}: {secret} is in {}", &line[..line.len().min(300)]);
    }
}

#[tokio::test]
async fn a_request_is_logged_by_its_route_never_by_its_path() {
    let folder = TempFolder::new();
    let path = folder.0.join("log");
    let local = LocalServer::start_with_log(LocalServer::command(&folder.0), File::create(&path).unwrap());
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
        let request = Client::new().request(method.parse().unwrap(), format!("{}{path}", local.url));
        assert_eq!(request.send().await.unwrap().status(), status, "{method} {path}");
    }
    drop(local);
    let log = std::fs::read_to_string(&path).unwrap();
    assert!(!log.contains("private-name"), "{log}");
    for (line, (method, _, status, route)) in
        log.lines().filter(|line| line.contains("request{")).zip(requests)
    {
        for part in [format!("method={method}"), format!("status={status}"), format!("route=\"{route}\"")] {
            assert!(line.contains(&part), "{part} is not in {line}");
        }
    }
    assert_eq!(log.lines().filter(|line| line.contains("request{")).count(), requests.len(), "{log}");
}
