//! Doors 2 and 3: the built Lambda function, with events as both kinds of API Gateway send them.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::support::lambda::{DynamoDbServer, EDGE_SECRET, GatewayRequest, LambdaFunction, SITE};
use crate::support::{PASSWORD, wait_for_login_window};

const LAMBDA: &str = env!("CARGO_BIN_EXE_lambda");

/// How a gateway tells a request.
type Payload = fn(&GatewayRequest) -> Value;

const PAYLOADS: [Payload; 2] = [GatewayRequest::v2, GatewayRequest::v1];

fn body(answer: &Value) -> Value {
    let text = answer["body"].as_str().unwrap_or_default();
    let text = match answer["isBase64Encoded"].as_bool() {
        Some(true) => String::from_utf8(BASE64_STANDARD.decode(text).unwrap()).unwrap(),
        _ => text.to_owned(),
    };
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}

fn header(answer: &Value, name: &str) -> Option<String> {
    let single = answer["headers"][name].as_str();
    single.or_else(|| answer["multiValueHeaders"][name][0].as_str()).map(str::to_owned)
}

/// The cookie as the browser sends it back, from where each payload has it.
fn cookie(answer: &Value) -> String {
    let set = answer["cookies"][0].as_str().map(str::to_owned).or_else(|| header(answer, "set-cookie"));
    set.unwrap().split(';').next().unwrap().to_owned()
}

fn sign_up(username: &str) -> GatewayRequest {
    let ann = json!({"username": username, "password": PASSWORD, "name": "Ann"});
    GatewayRequest::new("POST", "/api/signup").json(&ann).with("origin", SITE)
}

#[tokio::test]
async fn signing_up_posting_and_reading_work_through_both() {
    for payload in PAYLOADS {
        let tables = DynamoDbServer::start().await;
        let lambda = LambdaFunction::start(LAMBDA, &tables).await;
        let signed_up = lambda.invoke(payload(&sign_up("ann"))).await.unwrap();
        assert_eq!(signed_up["statusCode"], 201, "{signed_up}");
        let token = body(&signed_up)["token"].as_str().unwrap().to_owned();

        let mut renew = GatewayRequest::new("POST", "/api/token").with("sec-fetch-site", "same-origin");
        renew.cookie = Some(cookie(&signed_up));
        assert_eq!(lambda.invoke(payload(&renew)).await.unwrap()["statusCode"], 200);

        let mut post =
            GatewayRequest::new("POST", "/api/messages").with("authorization", &format!("Bearer {token}"));
        post = post.with("content-type", "application/json");
        post.body = Some(BASE64_STANDARD.encode(json!({"body": "grüße"}).to_string()));
        post.base64 = true;
        let posted = lambda.invoke(payload(&post)).await.unwrap();
        assert_eq!(posted["statusCode"], 201, "{posted}");
        assert_eq!(body(&posted)["body"], "grüße");

        let list = lambda.invoke(payload(&GatewayRequest::new("GET", "/api/messages"))).await.unwrap();
        assert_eq!(body(&list)["messages"][0]["body"], "grüße");
        assert_eq!(header(&list, "content-type").as_deref(), Some("application/json"));
        assert_eq!(list["isBase64Encoded"], false, "text goes as text");
    }
}

/// A form of a page without JavaScript.
fn form(path: &str, fields: &[(&str, &str)]) -> GatewayRequest {
    let mut request =
        GatewayRequest::new("POST", path).with("content-type", "application/x-www-form-urlencoded");
    request.body = Some(form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish());
    request.with("sec-fetch-site", "same-origin")
}

#[tokio::test]
async fn the_pages_without_javascript_work_through_both() {
    for payload in PAYLOADS {
        let tables = DynamoDbServer::start().await;
        let lambda = LambdaFunction::start(LAMBDA, &tables).await;
        let mut sign_up =
            form("/lite/signup", &[("username", "ann"), ("name", "Änn"), ("password", PASSWORD)]);
        // As API Gateway hands on what it does not take for text.
        sign_up.body = sign_up.body.map(|body| BASE64_STANDARD.encode(body));
        sign_up.base64 = true;
        let signed_up = lambda.invoke(payload(&sign_up)).await.unwrap();
        assert_eq!(signed_up["statusCode"], 303, "{signed_up}");
        assert_eq!(header(&signed_up, "location").as_deref(), Some("/lite"));

        let mut show = GatewayRequest::new("GET", "/lite");
        show.cookie = Some(cookie(&signed_up));
        let shown = lambda.invoke(payload(&show)).await.unwrap();
        assert_eq!(
            (&shown["statusCode"], &shown["isBase64Encoded"]),
            (&json!(200), &json!(false)),
            "{shown}"
        );
        assert_eq!(header(&shown, "content-type").as_deref(), Some("text/html; charset=utf-8"));
        let page = shown["body"].as_str().unwrap();
        assert!(page.contains("<bdi>Änn</bdi>"), "{page}");
        let key = page.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap();

        let mut post = form("/lite/messages", &[("author", "ann"), ("key", key), ("body", "grüße")]);
        post.cookie = show.cookie.clone();
        assert_eq!(lambda.invoke(payload(&post)).await.unwrap()["statusCode"], 303);
        let shown = lambda.invoke(payload(&show)).await.unwrap();
        assert!(shown["body"].as_str().unwrap().contains("grüße"));

        let mut leave = form("/lite/logout", &[]);
        leave.cookie = show.cookie.clone();
        let left = lambda.invoke(payload(&leave)).await.unwrap();
        assert_eq!((&left["statusCode"], cookie(&left)), (&json!(303), "__Host-session=".to_owned()));
        let shown = lambda.invoke(payload(&show)).await.unwrap();
        assert!(shown["body"].as_str().unwrap().contains("/lite/login"));

        let style = lambda.invoke(payload(&GatewayRequest::new("GET", "/lite/style.css"))).await.unwrap();
        assert_eq!((&style["statusCode"], &style["isBase64Encoded"]), (&json!(200), &json!(false)));
        let refused = lambda.invoke(payload(&form("/lite/messages", &[]))).await.unwrap();
        assert_eq!(refused["statusCode"], 401);
        assert!(refused["body"].as_str().unwrap().starts_with("<!DOCTYPE html>"));
    }
}

#[tokio::test]
async fn queries_and_errors_arrive_as_they_are() {
    let tables = DynamoDbServer::start().await;
    let lambda = LambdaFunction::start(LAMBDA, &tables).await;
    for payload in PAYLOADS {
        let mut wrong = GatewayRequest::new("GET", "/api/messages");
        wrong.query = "limit=99&x=%2F";
        let answer = lambda.invoke(payload(&wrong)).await.unwrap();
        assert_eq!((&answer["statusCode"], &body(&answer)["field"]), (&json!(422), &json!("limit")));
        assert_eq!(header(&answer, "content-type").as_deref(), Some("application/problem+json"));

        let nobody = lambda.invoke(payload(&GatewayRequest::new("GET", "/api/me"))).await.unwrap();
        assert_eq!(nobody["statusCode"], 401);
        assert_eq!(header(&nobody, "www-authenticate").as_deref(), Some("Bearer"));
        for (path, status) in [("/api/nothing", 404), ("/api/../api/me", 401), ("/api/%2e%2e/api/me", 401)] {
            let answer = lambda.invoke(payload(&GatewayRequest::new("GET", path))).await.unwrap();
            assert!([status, 404].contains(&answer["statusCode"].as_u64().unwrap()), "{path}: {answer}");
        }
        let crossing = sign_up("eve").with("sec-fetch-site", "cross-site");
        assert_eq!(lambda.invoke(payload(&crossing)).await.unwrap()["statusCode"], 403);
    }
}

#[tokio::test]
async fn after_a_malformed_event_the_next_one_works() {
    let tables = DynamoDbServer::start().await;
    let lambda = LambdaFunction::start(LAMBDA, &tables).await;
    for malformed in
        [json!(null), json!({}), json!([1]), json!("x"), json!({"version": "2.0"}), json!({"httpMethod": 7})]
    {
        if let Ok(answer) = lambda.invoke(malformed.clone()).await {
            assert!(answer["statusCode"].as_u64().unwrap() >= 400, "{malformed}: {answer}");
        }
        let health = lambda.invoke(GatewayRequest::new("GET", "/api/health").v2()).await.unwrap();
        assert_eq!(health["statusCode"], 200);
    }
    let mut not_base64 = GatewayRequest::new("POST", "/api/login").with("content-type", "application/json");
    not_base64.body = Some("%%%".to_owned());
    not_base64.base64 = true;
    if let Ok(answer) = lambda.invoke(not_base64.v2()).await {
        assert_eq!(answer["statusCode"], 400);
    }
    assert_eq!(
        lambda.invoke(GatewayRequest::new("GET", "/api/health").v1()).await.unwrap()["statusCode"],
        200
    );
}

#[tokio::test]
async fn the_address_is_the_viewers_only_beside_the_secret() {
    wait_for_login_window(90).await;
    let tables = DynamoDbServer::start().await;
    let lambda = LambdaFunction::start(LAMBDA, &tables).await;
    let guess = |viewer: &str, secret: &str| {
        let wrong = json!({"username": format!("nobody{}", viewer.len()), "password": "not the password"});
        let request =
            GatewayRequest::new("POST", "/api/login").json(&wrong).with("x-wishboard-viewer", viewer);
        request.with("x-wishboard-edge", secret).with("x-forwarded-for", viewer)
    };
    // A hundred from one address, whatever a client says of itself, are as many as there may be.
    for number in 0..100 {
        let mut forged = guess(&format!("198.51.100.{}", number % 250), "guessed");
        forged.body =
            Some(json!({"username": format!("u{number:03}"), "password": "not the password"}).to_string());
        assert_eq!(lambda.invoke(forged.v2()).await.unwrap()["statusCode"], 401);
    }
    let forged = lambda.invoke(guess("198.51.100.251", "guessed").v2()).await.unwrap();
    assert_eq!(forged["statusCode"], 429);
    let viewer = lambda.invoke(guess("2001:db8::1", EDGE_SECRET).v2()).await.unwrap();
    assert_eq!(viewer["statusCode"], 401);
    let viewer = lambda.invoke(guess("203.0.113.7", EDGE_SECRET).v1()).await.unwrap();
    assert_eq!(viewer["statusCode"], 401);
}

#[test]
fn the_lambda_carries_nothing_that_only_the_local_server_needs() {
    let tree = std::process::Command::new(env!("CARGO"))
        .args(["tree", "--package", "api", "--no-default-features", "--features", "aws", "--edges", "normal"])
        .args(["--prefix", "none", "--offline"])
        .output()
        .unwrap();
    let tree = String::from_utf8(tree.stdout).unwrap();
    assert!(tree.contains("lambda_http"), "{tree}");
    for local in ["dynoxide-rs", "rusqlite", "libsqlite3-sys", "aws-sdk-sso"] {
        assert!(!tree.contains(local), "{local}");
    }
}
