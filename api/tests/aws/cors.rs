//! What pages of other sites get: answers and errors they may read, and never the cookie.

use reqwest::Method;
use serde_json::json;

use crate::cloud::{ELSEWHERE, ENTRY_POINTS, EntryPoint, TEMPLATE};

#[tokio::test]
async fn a_preflight_is_answered_for_who_may_ask() {
    let asking = EntryPoint::Rest.guest().with("access-control-request-method", "PATCH");
    let asking = asking.with("access-control-request-headers", "authorization,if-match");
    for path in ["/api/me", "/api/messages/6f1e1f3c-0d5c-4e7b-9d56-3b1a0d5c4e7b", "/api/messages"] {
        let allowed = asking.with("origin", ELSEWHERE).send(Method::OPTIONS, path, None).await;
        assert_eq!(allowed.status, 200, "{path}: {allowed:?}");
        assert_eq!(allowed.header("access-control-allow-origin"), ELSEWHERE);
        assert_eq!(allowed.header("access-control-allow-credentials"), "");
        let other = asking.with("origin", "https://evil.example").send(Method::OPTIONS, path, None).await;
        assert_eq!(other.header("access-control-allow-origin"), "");
    }
}

/// An HTTP API answers preflights by itself, by its configuration. The emulator keeps that under names that it does
/// not look for ("Configure CORS for HTTP APIs in API Gateway", Amazon API Gateway Developer Guide), so what is
/// compared is what the template says.
#[tokio::test]
async fn the_http_api_is_told_to_answer_as_the_api_does() {
    let asking =
        EntryPoint::Rest.guest().with("origin", ELSEWHERE).with("access-control-request-method", "PATCH");
    let preflight = asking.send(Method::OPTIONS, "/api/me", None).await;
    let answer = EntryPoint::Rest.guest().with("origin", ELSEWHERE).get("/api/public").await;
    let listed = |list: &str| {
        let mut list: Vec<String> = list.split(',').map(|name| name.trim().to_lowercase()).collect();
        list.sort();
        list
    };
    let described = |name: &str| {
        let (_, rest) = TEMPLATE.split_once(&format!(" {name}: ")).expect(name);
        listed(rest.lines().next().unwrap().trim_matches(['[', ']']))
    };
    assert_eq!(described("AllowMethods"), listed(preflight.header("access-control-allow-methods")));
    assert_eq!(described("AllowHeaders"), listed(preflight.header("access-control-allow-headers")));
    assert_eq!(described("MaxAge"), listed(preflight.header("access-control-max-age")));
    assert_eq!(described("ExposeHeaders"), listed(answer.header("access-control-expose-headers")));
    assert_eq!(described("AllowOrigins"), ["!ref corsorigins"]);
    assert!(!TEMPLATE.contains("AllowCredentials"));
}

#[tokio::test]
async fn answers_and_errors_can_be_read_elsewhere() {
    for entry_point in ENTRY_POINTS {
        let ann = entry_point.sign_up().await.without("cookie").with("origin", ELSEWHERE);
        let wrong = ann.post("/api/messages", json!({"body": ""})).await;
        for reply in [ann.get("/api/me").await, wrong, ann.get("/api/users/nobody/wishes").await] {
            assert_eq!(reply.header("access-control-allow-origin"), ELSEWHERE, "{entry_point:?} {reply:?}");
            let exposed = reply.header("access-control-expose-headers").to_lowercase();
            for header in ["retry-after", "www-authenticate", "etag"] {
                assert!(exposed.contains(header), "{entry_point:?}: {exposed}");
            }
        }
    }
}

#[tokio::test]
async fn what_the_gateway_refuses_by_itself_can_be_read_elsewhere() {
    let guest = EntryPoint::Rest.guest().with("origin", ELSEWHERE);
    let refused = guest.get("/api/me").await;
    assert_eq!((refused.status, refused.is_the_apis()), (401, false));
    assert_eq!(refused.header("access-control-allow-origin"), "*");
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(refused.header("www-authenticate"), "Bearer");
    assert_eq!(refused.body["type"], "/problems/not-logged-in");
    let nothing = guest.get("/api/nothing").await;
    assert_eq!((nothing.status, &nothing.body["type"]), (404, &json!("/problems/not-found")));
    assert_eq!(nothing.header("access-control-allow-origin"), "*");
}
