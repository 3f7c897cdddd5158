//! What each gateway lets through, and what it does not.

use api::routes::PROTECTED;
use reqwest::Method;
use serde_json::json;

use crate::cloud::{ENTRY_POINTS, EntryPoint};

#[tokio::test]
async fn open_routes_are_open() {
    for entry_point in ENTRY_POINTS {
        let guest = entry_point.guest();
        for path in ["/api/health", "/api/public", "/api/messages", "/api/wishes?limit=2"] {
            let reply = guest.get(path).await;
            assert_eq!(reply.status, 200, "{entry_point:?} {path}: {reply:?}");
            assert!(reply.is_the_apis());
        }
        for path in ["/.well-known/openid-configuration", "/.well-known/jwks.json"] {
            assert_eq!(guest.get(path).await.status, 200, "{entry_point:?} {path}");
        }
        assert_eq!(guest.get("/api/users/nobody/wishes").await.body["type"], "/problems/not-found");
        assert_eq!(guest.post("/api/login", json!({})).await.status, 422);
        assert_eq!(guest.post("/api/logout", json!({})).await.status, 204);
        let broken = guest.with("authorization", "Bearer of bad news").get("/api/messages").await;
        assert_eq!(broken.status, 200, "public reads ignore credentials");
    }
}

#[tokio::test]
async fn guarded_routes_are_closed_by_the_gateway() {
    for entry_point in ENTRY_POINTS {
        for (method, path) in PROTECTED {
            let path = path.replace("{id}", "6f1e1f3c-0d5c-4e7b-9d56-3b1a0d5c4e7b");
            let method: Method = method.parse().unwrap();
            for guest in [entry_point.guest(), entry_point.guest().with("authorization", "Bearer x.y.z")] {
                let reply = guest.send(method.clone(), &path, Some(json!({}))).await;
                assert_eq!(reply.status, 401, "{entry_point:?} {method} {path}: {reply:?}");
                assert!(!reply.is_the_apis(), "no function ran");
            }
        }
    }
}

#[tokio::test]
async fn a_token_opens_every_guarded_route_in_a_row() {
    for entry_point in ENTRY_POINTS {
        let ann = entry_point.sign_up().await;
        // The TOKEN authorizer's policy is made for the first of these and kept for the others.
        let me = ann.get("/api/me").await;
        assert_eq!((me.status, &me.body["name"]), (200, &json!("Ann")), "{entry_point:?}");
        let message = ann.post("/api/messages", json!({"body": "grüße"})).await;
        assert_eq!(
            (message.status, &message.body["body"]),
            (201, &json!("grüße")),
            "{entry_point:?} {message:?}"
        );
        let path = format!("/api/messages/{}", message.body["id"].as_str().unwrap());
        let editing = ann.with("if-match", "\"1\"");
        let edited = editing.send(Method::PATCH, &path, Some(json!({"body": "hello"}))).await;
        assert_eq!(
            (edited.status, &edited.body["body"]),
            (200, &json!("hello")),
            "{entry_point:?} {edited:?}"
        );
        assert_eq!(ann.send(Method::DELETE, &path, None).await.status, 204);
        assert_eq!(ann.post("/api/wishes", json!({"name": "a kite"})).await.status, 201);
        assert_eq!(ann.get("/api/me/export").await.status, 200);
        assert_eq!(ann.send(Method::PATCH, "/api/me", Some(json!({"name": "Anna"}))).await.status, 200);
        let bare = ann.with("authorization", ann.token());
        assert_eq!(bare.get("/api/me").await.status, 200, "a raw token is as good");
    }
}

#[tokio::test]
async fn the_api_is_told_what_the_authorizer_found() {
    let ann = EntryPoint::Http.sign_up().await;
    let input = ann.get("/api/private").await.body["input"].clone();
    assert_eq!(input["path"], "/api/private");
    assert_eq!(input["authorizer"]["jwt"]["claims"]["sub"], input["claims"]["sub"]);
    assert_eq!(input["authorizer"]["jwt"]["scopes"], json!(["wishboard"]));

    let ann = EntryPoint::Rest.sign_up().await;
    let input = ann.get("/api/private").await.body["input"].clone();
    assert_eq!(input["path"], "/api/private", "without the stage");
    assert_eq!(input["authorizer"]["principalId"], input["claims"]["sub"], "{input}");
    assert_eq!(input["authorizer"]["sid"], input["claims"]["sid"]);
}

#[tokio::test]
async fn logging_out_counts_behind_what_the_gateway_still_believes() {
    for entry_point in ENTRY_POINTS {
        let ann = entry_point.sign_up().await;
        assert_eq!(ann.get("/api/me").await.status, 200);
        assert_eq!(ann.without("cookie").post("/api/logout", json!({})).await.status, 204);
        // The JWT authorizer knows no sessions, and the TOKEN authorizer's policy is kept for a minute.
        let reply = ann.get("/api/me").await;
        assert_eq!(reply.status, 401, "{entry_point:?}");
        assert!(reply.is_the_apis(), "the gateway let it through: {reply:?}");
        assert_eq!(reply.body["type"], "/problems/not-logged-in");
    }
}

#[tokio::test]
async fn the_cookie_is_set_and_sent() {
    for entry_point in ENTRY_POINTS {
        let ann = entry_point.sign_up().await.without("authorization");
        // AWS takes the cookies out of the headers of payload 2.0 and into a list of their own, which the emulator
        // does not; api/tests/lambda/gateway_events.rs has events as AWS sends them. "Create AWS Lambda proxy integrations for HTTP
        // APIs in API Gateway", Amazon API Gateway Developer Guide.
        let renewed = ann.post("/api/token", json!({})).await;
        assert_eq!(renewed.status, 200, "{entry_point:?} {renewed:?}");
        let logged_out = ann.post("/api/logout", json!({})).await;
        assert_eq!(logged_out.status, 204);
        assert!(logged_out.header("set-cookie").contains("Max-Age=0"), "{logged_out:?}");
        assert_eq!(ann.post("/api/token", json!({})).await.status, 401, "{entry_point:?}");
        let crossing = ann.with("origin", "https://evil.example").post("/api/login", json!({})).await;
        assert_eq!(crossing.status, 403, "{entry_point:?}");
    }
}
