//! What pages of other sites get: answers and errors they may read, and never the cookie.

use reqwest::Method;
use serde_json::json;

use crate::cloud::{DOORS, Door, ELSEWHERE};

#[tokio::test]
async fn a_preflight_is_answered_for_who_may_ask() {
    for door in DOORS {
        let asking = door.guest().with("access-control-request-method", "PATCH");
        let asking = asking.with("access-control-request-headers", "authorization,if-match");
        for path in ["/api/me", "/api/messages/6f1e1f3c-0d5c-4e7b-9d56-3b1a0d5c4e7b", "/api/messages"] {
            let allowed = asking.with("origin", ELSEWHERE).send(Method::OPTIONS, path, None).await;
            assert!([200, 204].contains(&allowed.status), "{door:?} {path}: {allowed:?}");
            assert_eq!(allowed.header("access-control-allow-origin"), ELSEWHERE);
            assert!(allowed.header("access-control-allow-methods").contains("PATCH"));
            let headers = allowed.header("access-control-allow-headers").to_lowercase();
            for header in ["authorization", "content-type", "if-match", "idempotency-key"] {
                assert!(headers.contains(header), "{door:?}: {headers}");
            }
            assert_eq!(allowed.header("access-control-max-age"), "600");
            assert_eq!(allowed.header("access-control-allow-credentials"), "");
            let other = asking.with("origin", "https://evil.example").send(Method::OPTIONS, path, None).await;
            assert_eq!(other.header("access-control-allow-origin"), "", "{door:?}");
        }
    }
}

#[tokio::test]
async fn answers_and_errors_can_be_read_elsewhere() {
    for door in DOORS {
        let ann = door.sign_up().await.without("cookie").with("origin", ELSEWHERE);
        let wrong = ann.post("/api/messages", json!({"body": ""})).await;
        for reply in [ann.get("/api/me").await, wrong, ann.get("/api/users/nobody/wishes").await] {
            assert_eq!(reply.header("access-control-allow-origin"), ELSEWHERE, "{door:?} {reply:?}");
            let exposed = reply.header("access-control-expose-headers").to_lowercase();
            for header in ["retry-after", "www-authenticate", "etag"] {
                assert!(exposed.contains(header), "{door:?}: {exposed}");
            }
        }
    }
}

#[tokio::test]
async fn what_the_gateway_refuses_by_itself_can_be_read_elsewhere() {
    let guest = Door::Rest.guest().with("origin", ELSEWHERE);
    let refused = guest.get("/api/me").await;
    assert_eq!((refused.status, refused.is_the_apis()), (401, false));
    assert_eq!(refused.header("access-control-allow-origin"), "*");
    assert_eq!(refused.header("content-type"), "application/problem+json");
    assert_eq!(refused.header("www-authenticate"), "Bearer");
    assert_eq!(refused.body["type"], "/problems/not-logged-in");
    let nothing = guest.get("/api/nothing").await;
    assert_eq!((nothing.status, &nothing.body["type"]), (404, &json!("/problems/not-found")));
    assert_eq!(nothing.header("access-control-allow-origin"), "*");
    // An HTTP API's own 401 has the headers of its CORS configuration in AWS, and none in the emulator: "Configure
    // CORS for HTTP APIs in API Gateway", Amazon API Gateway Developer Guide. The configuration is in resources.rs.
    assert_eq!(Door::Http.guest().with("origin", ELSEWHERE).get("/api/me").await.status, 401);
}
