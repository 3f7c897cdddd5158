//! Which requests each gateway forwards to the API, and which it refuses.

use std::io::Read;

use api::routes::{Route, protected_routes};
use flate2::read::GzDecoder;
use reqwest::Method;
use serde_json::json;

use crate::cloud::{GATEWAYS, Gateway, is_from_api};

#[tokio::test]
async fn public_routes_need_no_login() {
    for gateway in GATEWAYS {
        let guest = gateway.guest();
        for path in ["/api/health", "/api/public", "/api/messages", "/api/wishes?limit=2"] {
            let reply = guest.get(path).await;
            assert_eq!(reply.status, 200, "{gateway:?} {path}: {reply:?}");
            assert!(is_from_api(&reply));
        }
        for path in ["/.well-known/openid-configuration", "/.well-known/jwks.json"] {
            assert_eq!(guest.get(path).await.status, 200, "{gateway:?} {path}");
        }
        assert_eq!(guest.get("/api/users/unknown/wishes").await.body["type"], "/problems/not-found");
        assert_eq!(guest.post("/api/login", json!({})).await.status, 422);
        assert_eq!(guest.post("/api/logout", json!({})).await.status, 204);
        let invalid = guest.with("authorization", "Bearer nonsense").get("/api/messages").await;
        assert_eq!(invalid.status, 200, "public reads ignore credentials");
    }
}

#[tokio::test]
async fn the_gateway_refuses_protected_routes_without_a_valid_token() {
    for gateway in GATEWAYS {
        for Route { method, path, .. } in protected_routes() {
            let path = path.replace("{id}", "6f1e1f3c-0d5c-4e7b-9d56-3b1a0d5c4e7b");
            let method: Method = method.parse().unwrap();
            for guest in [gateway.guest(), gateway.guest().with("authorization", "Bearer x.y.z")] {
                let reply = guest.send(method.clone(), &path, |request| request.json(&json!({}))).await;
                assert_eq!(reply.status, 401, "{gateway:?} {method} {path}: {reply:?}");
                assert!(!is_from_api(&reply), "the gateway must refuse the request, not the API");
            }
        }
    }
}

#[tokio::test]
async fn one_token_is_accepted_by_all_protected_routes() {
    for gateway in GATEWAYS {
        let ann = gateway.sign_up().await;
        // The gateway caches the authorizer's policy for the first request and uses it for the others.
        for Route { method, path, .. } in protected_routes() {
            let path = path.replace("{id}", "6f1e1f3c-0d5c-4e7b-9d56-3b1a0d5c4e7b");
            let method: Method = method.parse().unwrap();
            let reply = ann.send(method.clone(), &path, |request| request.json(&json!({}))).await;
            assert!(is_from_api(&reply), "{gateway:?} {method} {path}: {reply:?}");
            assert!(!matches!(reply.status, 401 | 403 | 500..), "{gateway:?} {method} {path}: {reply:?}");
        }
        let without_scheme = ann.without("authorization").with("authorization", ann.token());
        assert_eq!(without_scheme.get("/api/me").await.status, 200, "a token without Bearer");
    }
}

#[tokio::test]
async fn a_user_can_post_edit_delete_and_export_through_both_gateways() {
    for gateway in GATEWAYS {
        let ann = gateway.sign_up().await;
        let me = ann.get("/api/me").await;
        assert_eq!((me.status, &me.body["name"]), (200, &json!("Ann")), "{gateway:?}");
        let message = ann.post("/api/messages", json!({"body": "grüße"})).await;
        assert_eq!(
            (message.status, &message.body["body"]),
            (201, &json!("grüße")),
            "{gateway:?} {message:?}"
        );
        let path = format!("/api/messages/{}", message.body["id"].as_str().unwrap());
        let edited = ann.if_match(1).patch(&path, json!({"body": "hello"})).await;
        assert_eq!((edited.status, &edited.body["body"]), (200, &json!("hello")), "{gateway:?} {edited:?}");
        assert_eq!(ann.delete(&path).await.status, 204);
        assert_eq!(ann.post("/api/wishes", json!({"name": "a kite"})).await.status, 201);
        assert_eq!(ann.get("/api/me/export").await.status, 200);
        assert_eq!(ann.patch("/api/me", json!({"name": "Anna"})).await.status, 200);
    }
}

/// The function returns a compressed body in base64, and the gateway decodes it.
#[tokio::test]
async fn a_long_list_is_compressed_and_a_token_is_not() {
    for gateway in GATEWAYS {
        let ann = gateway.sign_up().await;
        let body = "grüße ".repeat(300);
        assert_eq!(ann.post("/api/messages", json!({ "body": body })).await.status, 201);
        let accepting = ann.with("accept-encoding", "gzip");
        let list = accepting.get("/api/messages").await;
        assert_eq!((list.status, list.header("content-encoding")), (200, "gzip"), "{gateway:?}");
        let mut decoded = String::new();
        GzDecoder::new(&list.content[..]).read_to_string(&mut decoded).unwrap();
        assert!(decoded.contains(body.trim()), "{gateway:?} {decoded}");
        let token = accepting.without("authorization").post("/api/token", json!({})).await;
        assert_eq!((token.status, token.header("content-encoding")), (200, ""), "{gateway:?}");
        assert!(token.body["token"].is_string());
    }
}

#[tokio::test]
async fn the_api_receives_the_result_of_the_authorizer() {
    let ann = Gateway::Http.sign_up().await;
    let input = ann.get("/api/private").await.body["input"].clone();
    assert_eq!(input["path"], "/api/private");
    assert_eq!(input["authorizer"]["jwt"]["claims"]["sub"], input["claims"]["sub"]);
    assert_eq!(input["authorizer"]["jwt"]["scopes"], json!(["wishboard"]));

    let ann = Gateway::Rest.sign_up().await;
    let input = ann.get("/api/private").await.body["input"].clone();
    assert_eq!(input["path"], "/api/private", "without the stage");
    assert_eq!(input["authorizer"]["principalId"], input["claims"]["sub"], "{input}");
    assert_eq!(input["authorizer"]["sid"], input["claims"]["sid"]);
}

#[tokio::test]
async fn the_api_refuses_the_token_of_an_ended_session_even_if_the_gateway_accepts_it() {
    for gateway in GATEWAYS {
        let ann = gateway.sign_up().await;
        assert_eq!(ann.get("/api/me").await.status, 200);
        assert_eq!(ann.without("cookie").post("/api/logout", json!({})).await.status, 204);
        // The JWT authorizer does not check sessions, and the gateway caches the TOKEN authorizer's policy for a
        // minute.
        let reply = ann.get("/api/me").await;
        assert_eq!(reply.status, 401, "{gateway:?}");
        assert!(is_from_api(&reply), "the gateway must forward the request: {reply:?}");
        assert_eq!(reply.body["type"], "/problems/not-logged-in");
    }
}

#[tokio::test]
async fn the_session_cookie_works_through_both_gateways() {
    for gateway in GATEWAYS {
        let ann = gateway.sign_up().await.without("authorization");
        // In payload 2.0, AWS moves the cookies from the headers to a separate list ("Create AWS Lambda proxy
        // integrations for HTTP APIs in API Gateway", Amazon API Gateway Developer Guide). The emulator does not;
        // `api/tests/lambda/gateway_events.rs` tests events like those of AWS.
        let refreshed = ann.post("/api/token", json!({})).await;
        assert_eq!(refreshed.status, 200, "{gateway:?} {refreshed:?}");
        let logged_out = ann.post("/api/logout", json!({})).await;
        assert_eq!(logged_out.status, 204);
        assert!(logged_out.header("set-cookie").contains("Max-Age=0"), "{logged_out:?}");
        assert_eq!(ann.post("/api/token", json!({})).await.status, 401, "{gateway:?}");
        let cross_site = ann.with("origin", "https://evil.example").post("/api/login", json!({})).await;
        assert_eq!(cross_site.status, 403, "{gateway:?}");
    }
}
