//! Wish lists: reading, creating, editing and validation.

use serde_json::{Value, json};

use crate::support::{TestApp, with_members};

fn names(page: &Value) -> Vec<&str> {
    page["wishes"].as_array().unwrap().iter().map(|wish| wish["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn guests_can_read_all_wishes_and_those_of_one_user() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.sign_up("ann").await, app.sign_up("bob").await);
    ann.post("/api/messages", json!({"body": "not a wish"})).await;
    ann.post("/api/wishes", json!({"name": "Bicycle"})).await;
    bob.post("/api/wishes", json!({"name": "Kite"})).await;
    ann.post("/api/wishes", json!({"name": "Lamp"})).await;
    let guest = app.guest();
    assert_eq!(names(&guest.get("/api/wishes").await.body), ["Lamp", "Kite", "Bicycle"]);
    assert_eq!(names(&guest.get("/api/users/ann/wishes").await.body), ["Lamp", "Bicycle"]);
    assert_eq!(names(&guest.get("/api/users/ann/wishes?limit=1").await.body), ["Lamp"]);
    for username in ["eve", "%20", "%ff"] {
        guest.get(&format!("/api/users/{username}/wishes")).await.assert_problem(404, "not-found");
    }
    guest.get("/api/users/ann/wishes?before=x").await.assert_field_error("before");
}

#[tokio::test]
async fn a_new_wish_has_the_fields_of_the_request_or_their_defaults() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let new = json!({"name": " Bicycle ", "description": "A red one.\r\nUsed is fine.", "url": "https://shop.example/bike?id=7"});
    let wish = ann.post("/api/wishes", new).await.body;
    assert_eq!(wish["name"], "Bicycle");
    assert_eq!(wish["description"], "A red one.\nUsed is fine.");
    assert_eq!(wish["url"], "https://shop.example/bike?id=7");
    assert_eq!((&wish["received"], &wish["version"]), (&json!(false), &json!(1)));
    let minimal = ann.post("/api/wishes", json!({"name": "Kite"})).await.body;
    assert_eq!((&minimal["description"], &minimal["url"]), (&json!(""), &json!(null)));
}

#[tokio::test]
async fn an_edit_changes_only_the_fields_of_the_request() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let new = json!({"name": "Bicycle", "description": "Red", "url": "https://shop.example/"});
    let path = ann.create_post("/api/wishes", &new).await;
    let received = ann.if_match(1).patch(&path, json!({"received": true})).await.body;
    assert_eq!(received["received"], true);
    assert_eq!((&received["name"], &received["url"]), (&json!("Bicycle"), &json!("https://shop.example/")));
    let cleared = ann.if_match(2).patch(&path, json!({"url": null, "description": ""})).await.body;
    assert_eq!(
        (&cleared["description"], &cleared["url"], &cleared["received"]),
        (&json!(""), &json!(null), &json!(true))
    );
}

#[tokio::test]
async fn invalid_wishes_are_rejected() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let invalid: [(&str, Value); 14] = [
        ("name", " ".into()),
        ("name", "x".repeat(121).into()),
        ("name", "a\nb".into()),
        ("description", "x".repeat(2001).into()),
        ("description", "a\u{0}b".into()),
        ("url", "javascript:alert(1)".into()),
        ("url", "ftp://example.com/".into()),
        ("url", "//example.com".into()),
        ("url", "example.com".into()),
        ("url", "https://".into()),
        ("url", "https://user:secret@example.com/".into()),
        ("url", format!("https://example.com/{}", "x".repeat(2048)).into()),
        ("url", 7.into()),
        ("received", true.into()),
    ];
    for (field, value) in invalid {
        let new = with_members(&json!({"name": "Bicycle"}), &json!({ field: value }));
        ann.post("/api/wishes", new).await.assert_field_error(field);
    }
    assert!(names(&app.guest().get("/api/wishes").await.body).is_empty());
}
