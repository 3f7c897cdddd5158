//! Cross-origin requests (CORS) through the gateways: pages of configured origins may read responses and errors, but
//! not use the cookie.

use reqwest::Method;
use serde_json::json;

use crate::cloud::{GATEWAYS, Gateway, OTHER_SITE, TEMPLATE, is_from_api};

#[tokio::test]
async fn a_preflight_allows_configured_origins_only() {
    let client = Gateway::Rest.guest().with("access-control-request-method", "PATCH");
    let client = client.with("access-control-request-headers", "authorization,if-match");
    for path in ["/api/me", "/api/messages/6f1e1f3c-0d5c-4e7b-9d56-3b1a0d5c4e7b", "/api/messages"] {
        let allowed = client.with("origin", OTHER_SITE).send(Method::OPTIONS, path, |request| request).await;
        assert_eq!(allowed.status, 200, "{path}: {allowed:?}");
        assert_eq!(allowed.header("access-control-allow-origin"), OTHER_SITE);
        assert_eq!(allowed.header("access-control-allow-credentials"), "");
        let other = client
            .with("origin", "https://evil.example")
            .send(Method::OPTIONS, path, |request| request)
            .await;
        assert_eq!(other.header("access-control-allow-origin"), "");
    }
}

/// An HTTP API answers preflights from its configuration ("Configure CORS for HTTP APIs in API Gateway", Amazon API
/// Gateway Developer Guide). The emulator ignores this configuration, so the test compares the template with the
/// responses of the API.
#[tokio::test]
async fn the_http_api_is_configured_to_answer_preflights_like_the_api() {
    let client =
        Gateway::Rest.guest().with("origin", OTHER_SITE).with("access-control-request-method", "PATCH");
    let preflight = client.send(Method::OPTIONS, "/api/me", |request| request).await;
    let response = Gateway::Rest.guest().with("origin", OTHER_SITE).get("/api/public").await;
    let sorted = |list: &str| {
        let mut list: Vec<String> = list.split(',').map(|name| name.trim().to_lowercase()).collect();
        list.sort();
        list
    };
    let configured = |name: &str| {
        let (_, rest) = TEMPLATE.split_once(&format!(" {name}: ")).expect(name);
        sorted(rest.lines().next().unwrap().trim_matches(['[', ']']))
    };
    assert_eq!(configured("AllowMethods"), sorted(preflight.header("access-control-allow-methods")));
    assert_eq!(configured("AllowHeaders"), sorted(preflight.header("access-control-allow-headers")));
    assert_eq!(configured("MaxAge"), sorted(preflight.header("access-control-max-age")));
    assert_eq!(configured("ExposeHeaders"), sorted(response.header("access-control-expose-headers")));
    assert_eq!(configured("AllowOrigins"), ["!ref corsorigins"]);
    assert!(!TEMPLATE.contains("AllowCredentials"));
}

#[tokio::test]
async fn other_origins_can_read_responses_and_errors() {
    for gateway in GATEWAYS {
        let ann = gateway.sign_up().await.without("cookie").with("origin", OTHER_SITE);
        let invalid = ann.post("/api/messages", json!({"body": ""})).await;
        for reply in [ann.get("/api/me").await, invalid, ann.get("/api/users/unknown/wishes").await] {
            assert_eq!(reply.header("access-control-allow-origin"), OTHER_SITE, "{gateway:?} {reply:?}");
            let exposed = reply.header("access-control-expose-headers").to_lowercase();
            for header in ["retry-after", "www-authenticate", "etag"] {
                assert!(exposed.contains(header), "{gateway:?}: {exposed}");
            }
        }
    }
}

#[tokio::test]
async fn other_origins_can_read_errors_of_the_gateway() {
    let guest = Gateway::Rest.guest().with("origin", OTHER_SITE);
    let refused = guest.get("/api/me").await;
    assert_eq!((refused.status, is_from_api(&refused)), (401, false));
    assert_eq!(refused.header("access-control-allow-origin"), "*");
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(refused.header("www-authenticate"), "Bearer");
    assert_eq!(refused.body["type"], "/problems/not-logged-in");
    let unknown = guest.get("/api/nothing").await;
    assert_eq!((unknown.status, &unknown.body["type"]), (404, &json!("/problems/not-found")));
    assert_eq!(unknown.header("access-control-allow-origin"), "*");
}
