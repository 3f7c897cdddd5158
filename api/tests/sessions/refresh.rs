//! Refreshing the access token with the session cookie, and when a session expires.

use jiff::SignedDuration;
use serde_json::json;

use crate::support::{TestApp, TestClient};

const DAY: SignedDuration = SignedDuration::from_hours(24);

async fn refresh(client: &TestClient) -> u16 {
    client.post("/api/token", json!({})).await.status
}

#[tokio::test]
async fn the_cookie_gets_a_new_access_token() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let reply = ann.without("authorization").post("/api/token", json!({})).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    assert_eq!(reply.body["user"]["username"], "ann");
    assert_eq!(app.guest().with_token(reply.token()).get("/api/me").await.status, 200);
}

#[tokio::test]
async fn a_refresh_without_a_cookie_or_with_a_forged_one_is_401() {
    let app = TestApp::in_production().await;
    app.sign_up("ann").await;
    app.guest().post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
    for forged in [
        "__Host-session=",
        "__Host-session=AAAA",
        "session=x",
        "__Host-session=%00; __Host-session=\"",
        "=;=;;",
    ] {
        let guest = app.guest().with("cookie", forged);
        guest.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
    }
}

#[tokio::test]
async fn the_cookie_is_not_accepted_in_place_of_an_access_token() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await.without("authorization");
    ann.get("/api/me").await.assert_problem(401, "not-logged-in");
}

#[tokio::test]
async fn the_last_use_of_a_session_is_written_at_most_every_ten_minutes() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for (minutes, expected_writes) in [(9, 0), (1, 1), (9, 0), (1, 1)] {
        app.advance(SignedDuration::from_mins(minutes));
        app.database.take_requests();
        assert_eq!(refresh(&ann).await, 200);
        let writes = app.database.take_requests().into_iter().filter(|request| request.is_write()).count();
        assert_eq!(writes, expected_writes, "after {minutes} more minutes");
    }
}

#[tokio::test]
async fn a_session_expires_after_thirty_days_without_use() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    app.advance(DAY * 29);
    assert_eq!(refresh(&ann).await, 200);
    app.advance(DAY * 29);
    assert_eq!(refresh(&ann).await, 200, "the last use was 29 days ago");
    app.advance(DAY * 30);
    ann.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
}

#[tokio::test]
async fn a_session_that_is_used_every_day_expires_after_ninety_days() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    for _ in 0..89 {
        app.advance(DAY);
        assert_eq!(refresh(&ann).await, 200);
    }
    app.advance(DAY);
    ann.post("/api/token", json!({})).await.assert_problem(401, "not-logged-in");
}
