//! The export of the data of an account.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::json;

use crate::support::{NEW_PASSWORD, PASSWORD, TestApp};

#[tokio::test]
async fn an_export_contains_all_data_but_no_secrets() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    ann.post("/api/messages", json!({"body": "hello"})).await;
    ann.post("/api/wishes", json!({"name": "Bicycle"})).await;
    let export = ann.get("/api/me/export").await;
    assert_eq!(export.status, 200);
    assert_eq!(export.header("cache-control"), "no-store");
    assert_eq!(export.body["user"]["username"], "ann");
    assert_eq!(export.body["messages"][0]["body"], "hello");
    assert_eq!(export.body["wishes"][0]["name"], "Bicycle");
    assert_eq!(export.body["sessions"].as_array().unwrap().len(), 1);
    let text = export.body.to_string();
    for internal in ["argon2", "sid", "request", "generation"] {
        assert!(!text.contains(internal), "{internal}: {text}");
    }
}

#[tokio::test]
async fn a_large_export_has_pages_of_500_items() {
    let app = TestApp::with_limit_factor(100).await;
    let ann = app.sign_up("ann").await;
    for number in 0..520 {
        ann.create_post("/api/wishes", &json!({"name": format!("wish {number}")})).await;
    }
    let first = ann.get("/api/me/export").await.body;
    assert_eq!(first["wishes"].as_array().unwrap().len(), 500);
    let next = first["next"].as_str().unwrap();
    let second = ann.get(&format!("/api/me/export?before={next}")).await.body;
    assert_eq!(second["wishes"].as_array().unwrap().len(), 20);
    assert_eq!(second["sessions"].as_array().unwrap().len(), 1);
    ann.get("/api/me/export?before=x").await.assert_field_error("before");
}

/// DynamoDB rejects a sort key of more than 1,024 bytes. The API must reject such a cursor itself, because an error of
/// DynamoDB would be a 500.
#[tokio::test]
async fn an_export_cursor_with_a_long_timestamp_is_rejected() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let annotations = "[x=y]".repeat(300);
    for time in [format!("2026-01-01T00:00:00.000Z{annotations}"), "2026-01-01T00:00:00Z[UTC]".to_owned()] {
        let cursor = BASE64_URL_SAFE_NO_PAD.encode(format!("message#{time}#x"));
        ann.get(&format!("/api/me/export?before={cursor}")).await.assert_field_error("before");
    }
}

#[tokio::test]
async fn an_export_lists_no_ended_sessions() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    app.log_in("ann").await;
    ann.put("/api/me/password", json!({"current": PASSWORD, "new": NEW_PASSWORD})).await;
    assert_eq!(ann.get("/api/me/export").await.body["sessions"].as_array().unwrap().len(), 1);
}
