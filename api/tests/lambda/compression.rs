//! Compressed responses of the Lambda function. A gateway passes on a binary body only if it is in base64.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::support::content_encoding::decode;
use crate::support::dynamodb_server::DynamoDbServer;
use crate::support::gateway::{GatewayRequest, GatewayResponse, Payload};
use crate::support::lambda::{API, LambdaFunction};

/// Starts the function with a long message. Returns it with its database and the response to the sign-up.
async fn start_with_message() -> (LambdaFunction, DynamoDbServer, GatewayResponse) {
    let database = DynamoDbServer::start().await;
    let lambda = LambdaFunction::start(API, &database).await;
    let sign_up = GatewayRequest::sign_up("ann").with("accept", "*/*").with("accept-encoding", "gzip, br");
    let signed_up = lambda.send(Payload::V2, &sign_up).await;
    let post = GatewayRequest::new("POST", "/api/messages").with_token(&signed_up.token());
    let posted = lambda.send(Payload::V1, &post.json(&json!({"body": "grüße ".repeat(300)})).base64()).await;
    assert_eq!(posted.status(), 201, "{posted:?}");
    (lambda, database, signed_up)
}

/// A request of a client that accepts these encodings.
fn get(path: &str, encodings: &str) -> GatewayRequest {
    GatewayRequest::new("GET", path).with("accept", "*/*").with("accept-encoding", encodings)
}

/// The bytes that the gateway sends to the client.
fn sent_bytes(response: &GatewayResponse) -> Vec<u8> {
    assert_eq!(response.0["isBase64Encoded"], true, "{response:?}");
    BASE64_STANDARD.decode(response.0["body"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn compressed_responses_are_sent_in_base64_with_both_payload_formats() {
    let (lambda, _database, _) = start_with_message().await;
    for payload in Payload::ALL {
        for (path, vary) in
            [("/api/messages", "accept-encoding"), ("/lite", "accept-language, accept-encoding")]
        {
            let plain = lambda.send(payload, &get(path, "identity")).await;
            assert_eq!((plain.status(), &plain.0["isBase64Encoded"]), (200, &json!(false)));
            assert_eq!(plain.header("vary"), Some(vary), "{payload:?} {path}");
            for encoding in ["gzip", "br"] {
                let response = lambda.send(payload, &get(path, encoding)).await;
                assert_eq!(response.header("content-encoding"), Some(encoding), "{payload:?} {path}");
                assert_eq!(response.header("content-length"), None);
                let bytes = sent_bytes(&response);
                assert!(bytes.len() < plain.text().len() / 2, "{payload:?} {path}: {}", bytes.len());
                assert_eq!(decode(encoding, &bytes), plain.text().into_bytes(), "{payload:?} {path}");
            }
        }
        let etag = lambda.send(payload, &get("/api/messages", "br")).await;
        let conditional = get("/api/messages", "br").with("if-none-match", etag.header("etag").unwrap());
        let unchanged = lambda.send(payload, &conditional).await;
        assert_eq!((unchanged.status(), unchanged.text().as_str()), (304, ""));
        assert_eq!(unchanged.header("content-encoding"), None);
    }
}

#[tokio::test]
async fn access_tokens_and_pages_of_users_are_not_compressed_in_lambda() {
    let (lambda, _database, signed_up) = start_with_message().await;
    assert_eq!((signed_up.status(), signed_up.header("content-encoding")), (201, None));
    for payload in Payload::ALL {
        for path in ["/api/me/export", "/lite"] {
            let request = get(path, "gzip, br").with_token(&signed_up.token());
            let response = lambda.send(payload, &request.with_cookie(signed_up.cookie())).await;
            assert_eq!((response.status(), response.header("content-encoding")), (200, None), "{path}");
            assert!(response.text().len() > 1_000, "{path}");
            assert_eq!(response.0["isBase64Encoded"], false);
        }
    }
}

/// A REST API decodes a binary body only if the `Accept` header of the request matches its `BinaryMediaTypes`.
#[tokio::test]
async fn a_rest_api_gets_text_for_a_request_without_accept() {
    let (lambda, _database, _) = start_with_message().await;
    let request = GatewayRequest::new("GET", "/api/messages").with("accept-encoding", "gzip, br");
    let response = lambda.send(Payload::V1, &request).await;
    assert_eq!(response.header("content-encoding"), None, "{response:?}");
    assert_ne!(response.json(), Value::Null);
    let response = lambda.send(Payload::V2, &request).await;
    assert_eq!(response.header("content-encoding"), Some("br"), "an HTTP API always decodes base64");
}
