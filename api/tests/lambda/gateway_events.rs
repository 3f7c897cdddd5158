//! The Lambda function with the events of an HTTP API (payload 2.0) and of a REST API (payload 1.0).

use std::process::Command;

use serde_json::json;

use crate::support::PASSWORD;
use crate::support::dynamodb_server::DynamoDbServer;
use crate::support::gateway::{GatewayRequest, GatewayResponse, Payload};
use crate::support::lambda::{API, EDGE_SECRET, LambdaFunction};
use crate::support::wait::within_one_login_window;

/// Returns whether the body is sent as text, not in base64.
fn is_text(response: &GatewayResponse) -> bool {
    response.0["isBase64Encoded"] == false
}

#[tokio::test]
async fn signing_up_posting_and_reading_work_with_both_payload_formats() {
    for payload in Payload::ALL {
        let database = DynamoDbServer::start().await;
        let lambda = LambdaFunction::start(API, &database).await;
        let signed_up = lambda.send(payload, &GatewayRequest::sign_up("ann")).await;
        assert_eq!(signed_up.status(), 201, "{signed_up:?}");

        let refresh = GatewayRequest::new("POST", "/api/token").with("sec-fetch-site", "same-origin");
        let refreshed = lambda.send(payload, &refresh.with_cookie(signed_up.cookie())).await;
        assert_eq!(refreshed.status(), 200);

        let post = GatewayRequest::new("POST", "/api/messages").with_token(&signed_up.token());
        let posted = lambda.send(payload, &post.json(&json!({"body": "grüße"})).base64()).await;
        assert_eq!((posted.status(), &posted.json()["body"]), (201, &json!("grüße")), "{posted:?}");

        let list = lambda.send(payload, &GatewayRequest::new("GET", "/api/messages")).await;
        assert_eq!(list.json()["messages"][0]["body"], "grüße");
        assert_eq!(list.header("content-type"), Some("application/json"));
        assert!(is_text(&list), "{list:?}");
    }
}

#[tokio::test]
async fn the_pages_of_lite_work_with_both_payload_formats() {
    for payload in Payload::ALL {
        let database = DynamoDbServer::start().await;
        let lambda = LambdaFunction::start(API, &database).await;
        let fields = [("username", "ann"), ("name", "Änn"), ("password", PASSWORD)];
        let signed_up = lambda.send(payload, &GatewayRequest::form("/lite/signup", &fields).base64()).await;
        assert_eq!((signed_up.status(), signed_up.header("location")), (303, Some("/lite")), "{signed_up:?}");

        let cookie = signed_up.cookie();
        let get_page = GatewayRequest::new("GET", "/lite").with_cookie(cookie);
        let page = lambda.send(payload, &get_page).await;
        assert!(page.status() == 200 && is_text(&page), "{page:?}");
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
        let html = page.text();
        assert!(html.contains(">Änn</bdi>"), "{html}");
        let key = html.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap();

        let fields = [("author", "ann"), ("key", key), ("body", "grüße")];
        let post = GatewayRequest::form("/lite/messages", &fields).with_cookie(cookie);
        assert_eq!(lambda.send(payload, &post).await.status(), 303);
        assert!(lambda.send(payload, &get_page).await.text().contains("grüße"));

        let fields = [("author", "ann"), ("key", key), ("name", "Lampe für Gäste")];
        let add = GatewayRequest::form("/lite/wishes", &fields).with_cookie(cookie);
        let added = lambda.send(payload, &add).await;
        assert_eq!((added.status(), added.header("location")), (303, Some("/lite/wishes")), "{added:?}");
        let get_wishes = GatewayRequest::new("GET", "/lite/wishes").with("accept-language", "de-AT,de;q=0.9");
        let wishes = lambda.send(payload, &get_wishes).await;
        assert_eq!((wishes.status(), wishes.header("content-language")), (200, Some("de")), "{wishes:?}");
        assert!(wishes.text().contains("Lampe für Gäste") && wishes.text().contains("<h1>Wünsche</h1>"));

        let log_out = GatewayRequest::form("/lite/logout", &[]).with_cookie(cookie);
        let logged_out = lambda.send(payload, &log_out).await;
        assert_eq!((logged_out.status(), logged_out.cookie()), (303, "__Host-session="));
        assert!(lambda.send(payload, &get_page).await.text().contains("/lite/login"));

        let style = lambda.send(payload, &GatewayRequest::new("GET", "/lite/style.css")).await;
        assert!(style.status() == 200 && is_text(&style), "{style:?}");
        let refused = lambda.send(payload, &GatewayRequest::form("/lite/messages", &[])).await;
        assert_eq!(refused.status(), 401);
        assert!(refused.text().starts_with("<!DOCTYPE html>"));
    }
}

#[tokio::test]
async fn queries_and_errors_are_the_same_with_both_payload_formats() {
    let database = DynamoDbServer::start().await;
    let lambda = LambdaFunction::start(API, &database).await;
    for payload in Payload::ALL {
        let mut invalid = GatewayRequest::new("GET", "/api/messages");
        invalid.query = "limit=99&x=%2F".to_owned();
        let response = lambda.send(payload, &invalid).await;
        assert_eq!((response.status(), &response.json()["field"]), (422, &json!("limit")));
        assert_eq!(response.header("content-type"), Some("application/problem+json"));

        let guest = lambda.send(payload, &GatewayRequest::new("GET", "/api/me")).await;
        assert_eq!((guest.status(), guest.header("www-authenticate")), (401, Some("Bearer")));
        for (path, statuses) in
            [("/api/nothing", [404, 404]), ("/api/../api/me", [401, 404]), ("/api/%2e%2e/api/me", [401, 404])]
        {
            let response = lambda.send(payload, &GatewayRequest::new("GET", path)).await;
            assert!(statuses.contains(&response.status()), "{path}: {response:?}");
        }
        let cross_site = GatewayRequest::sign_up("eve").with("sec-fetch-site", "cross-site");
        assert_eq!(lambda.send(payload, &cross_site).await.status(), 403);
    }
}

/// The gateway decodes the path, and the client chooses the query and some headers.
#[tokio::test]
async fn characters_that_are_not_valid_in_a_url_cause_no_error() {
    let database = DynamoDbServer::start().await;
    let lambda = LambdaFunction::start(API, &database).await;
    for payload in Payload::ALL {
        for path in ["/api/a b", "/api/<\"ä\">", "/api/messages?limit=1", "/api/messages#x", "//[", "/api/%"]
        {
            let request = GatewayRequest { path: path.to_owned(), ..GatewayRequest::new("GET", "") };
            let response = lambda.send(payload, &request).await;
            assert_eq!(response.status(), 404, "{path}: {response:?}");
        }
        for query in ["x=<>", "x= ", "x=\"ä\"", "x=#", "x=%", "x=["] {
            let mut list = GatewayRequest::new("GET", "/api/messages");
            list.query = query.to_owned();
            assert_eq!(lambda.send(payload, &list).await.status(), 200, "{query}");
        }
        for (name, value) in [("host", "["), ("host", "a b"), ("x-forwarded-proto", "<")] {
            let health = GatewayRequest::new("GET", "/api/health").with("host", "api.example.com");
            assert_eq!(
                lambda.send(payload, &health.with(name, value)).await.status(),
                200,
                "{name}: {value}"
            );
        }
    }
}

#[tokio::test]
async fn the_function_works_after_a_malformed_event() {
    let database = DynamoDbServer::start().await;
    let lambda = LambdaFunction::start(API, &database).await;
    let health = GatewayRequest::new("GET", "/api/health");
    for malformed in
        [json!(null), json!({}), json!([1]), json!("x"), json!({"version": "2.0"}), json!({"httpMethod": 7})]
    {
        if let Ok(response) = lambda.invoke(malformed.clone()).await {
            assert!(response["statusCode"].as_u64().unwrap() >= 400, "{malformed}: {response}");
        }
        assert_eq!(lambda.send(Payload::V2, &health).await.status(), 200);
    }
    let mut not_base64 = GatewayRequest::new("POST", "/api/login").with("content-type", "application/json");
    not_base64.body = Some("%%%".to_owned());
    not_base64.is_base64 = true;
    if let Ok(response) = lambda.invoke(Payload::V2.event(&not_base64)).await {
        assert_eq!(response["statusCode"], 400);
    }
    assert_eq!(lambda.send(Payload::V1, &health).await.status(), 200);
}

/// Returns a login with a wrong password and the headers that our CloudFront distribution adds.
fn wrong_login(username: &str, viewer: &str, edge_secret: &str) -> GatewayRequest {
    let login = GatewayRequest::log_in(username, "not the password");
    let login = login.with("x-wishboard-viewer", viewer).with("x-wishboard-edge", edge_secret);
    login.with("x-forwarded-for", viewer)
}

#[tokio::test]
async fn the_viewer_header_counts_only_with_the_edge_secret() {
    let (forged, viewers) = within_one_login_window(async || {
        let database = DynamoDbServer::start().await;
        let lambda = LambdaFunction::start(API, &database).await;
        // All of these logins count toward the limit of the gateway's client address, which is 100.
        let mut forged = Vec::new();
        for number in 0..101 {
            let login = wrong_login(&format!("user{number}"), &format!("198.51.100.{number}"), "guessed");
            forged.push(lambda.send(Payload::V2, &login).await.status());
        }
        let viewer = wrong_login("user", "2001:db8::1", EDGE_SECRET);
        let other_viewer = wrong_login("user", "203.0.113.7", EDGE_SECRET);
        let viewers = [
            lambda.send(Payload::V2, &viewer).await.status(),
            lambda.send(Payload::V1, &other_viewer).await.status(),
        ];
        (forged, viewers)
    })
    .await;
    assert_eq!(forged[..100], [401; 100]);
    assert_eq!((forged[100], viewers), (429, [401, 401]));
}

#[test]
fn the_lambda_function_does_not_depend_on_crates_of_the_local_server() {
    let tree = Command::new(env!("CARGO"))
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
