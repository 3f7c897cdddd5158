//! Sessions that earlier versions of Wishboard have stored.

use api::store::sessions::Session;
use jiff::SignedDuration;
use serde_json::json;

use crate::support::TestApp;
use crate::support::stored::store_session;

/// Rewrites a stored session in the format of an earlier version, whose index did not sort sessions by generation.
fn store_without_generation(app: &TestApp, session: &Session) {
    let key = format!("session#{}", session.sid);
    let mut item = app.database.items(&key)[&key].clone();
    item["owner_at"] = json!({"S": format!("session#{}#{}", session.created_at, session.sid)});
    app.database.put_item(&item);
}

#[test]
fn a_session_without_browser_and_system_can_be_read() {
    let time = "2026-01-01T00:00:00.000Z";
    let stored = json!({
        "sid": "x", "username": "ann", "generation": 1, "created_at": time, "used_at": time, "expires": 0,
    });
    let session: Session = serde_json::from_value(stored).unwrap();
    assert_eq!((session.user_agent.browser, session.user_agent.system), (None, None));
}

#[tokio::test]
async fn a_session_that_is_not_sorted_by_generation_is_listed_until_it_ends() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let stored = store_session(&app, "ann", SignedDuration::from_mins(1)).await;
    store_without_generation(&app, &stored);
    assert_eq!(ann.sessions().await.len(), 2);
    let export = ann.get("/api/me/export").await.body;
    assert_eq!(export["sessions"].as_array().map(Vec::len), Some(2));
    ann.delete("/api/me/sessions").await;
    assert_eq!(ann.sessions().await.len(), 1);
}

#[tokio::test]
async fn a_session_that_is_not_sorted_by_generation_can_list_and_end_the_others() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    let ann = app.log_in("ann").await;
    let stored = app.state.store.find_session(&ann.session_id().await).await.unwrap().unwrap();
    store_without_generation(&app, &stored);
    assert_eq!(ann.sessions().await.len(), 2);
    assert_eq!(ann.delete("/api/me/sessions").await.status, 204);
    assert_eq!(ann.sessions().await.len(), 1);
    app.log_in("ann").await;
    assert_eq!(ann.sessions().await.len(), 2);
}
