//! Wish lists.

use serde_json::{Value, json};

use crate::support::TestApp;

fn names(page: &Value) -> Vec<&str> {
    page["wishes"].as_array().unwrap().iter().map(|wish| wish["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn everybody_reads_all_wishes_and_one_persons() {
    let app = TestApp::start().await;
    let (ann, bob) = (app.sign_up("ann").await, app.sign_up("bob").await);
    ann.post("/api/messages", json!({"body": "no wish"})).await;
    ann.post("/api/wishes", json!({"name": "Bicycle"})).await;
    bob.post("/api/wishes", json!({"name": "Kite"})).await;
    ann.post("/api/wishes", json!({"name": "Lamp"})).await;
    let guest = app.guest();
    assert_eq!(names(&guest.get("/api/wishes").await.body), ["Lamp", "Kite", "Bicycle"]);
    assert_eq!(names(&guest.get("/api/users/ann/wishes").await.body), ["Lamp", "Bicycle"]);
    assert_eq!(names(&guest.get("/api/users/ann/wishes?limit=1").await.body), ["Lamp"]);
    guest.get("/api/users/eve/wishes").await.assert_problem(404, "not-found");
    guest.get("/api/users/%20/wishes").await.assert_problem(404, "not-found");
    guest.get("/api/users/%ff/wishes").await.assert_problem(404, "not-found");
    guest.get("/api/users/ann/wishes?before=x").await.assert_field_error("before");
}

#[tokio::test]
async fn a_new_wish_has_what_was_said_of_it() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let new = json!({"name": " Bicycle ", "description": "A red one.\r\nUsed is fine.", "url": "https://shop.example/bike?id=7"});
    let wish = ann.post("/api/wishes", new).await.body;
    assert_eq!(wish["name"], "Bicycle");
    assert_eq!(wish["description"], "A red one.\nUsed is fine.");
    assert_eq!(wish["url"], "https://shop.example/bike?id=7");
    assert_eq!((&wish["received"], &wish["version"]), (&json!(false), &json!(1)));
    let plain = ann.post("/api/wishes", json!({"name": "Kite"})).await.body;
    assert_eq!((&plain["description"], &plain["url"]), (&json!(""), &json!(null)));
}

#[tokio::test]
async fn an_edit_changes_what_it_names_and_nothing_else() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let new = json!({"name": "Bicycle", "description": "Red", "url": "https://shop.example/"});
    let wish = ann.post("/api/wishes", new).await.body;
    let path = format!("/api/wishes/{}", wish["id"].as_str().unwrap());
    let received = ann.if_match(1).patch(&path, json!({"received": true})).await.body;
    assert_eq!(received["received"], true);
    assert_eq!((&received["name"], &received["url"]), (&json!("Bicycle"), &json!("https://shop.example/")));
    let bare = ann.if_match(2).patch(&path, json!({"url": null, "description": ""})).await.body;
    assert_eq!(
        (&bare["description"], &bare["url"], &bare["received"]),
        (&json!(""), &json!(null), &json!(true))
    );
}

#[tokio::test]
async fn wishes_that_break_a_rule_are_refused() {
    let app = TestApp::start().await;
    let ann = app.sign_up("ann").await;
    let cases: Vec<(&str, Value)> = vec![
        ("name", " ".into()),
        ("name", "x".repeat(121).into()),
        ("name", "a\nb".into()),
        ("description", "x".repeat(2001).into()),
        ("description", "a\u{0}b".into()),
        ("url", "javascript:alert(1)".into()),
        ("url", "ftp://example.com/".into()),
        ("url", "//example.com".into()),
        ("url", "https://".into()),
        ("url", "https://user:secret@example.com/".into()),
        ("url", format!("https://example.com/{}", "x".repeat(2048)).into()),
        ("url", 7.into()),
        ("received", true.into()),
    ];
    for (field, value) in cases {
        let mut new = json!({"name": "Bicycle"});
        new[field] = value;
        ann.post("/api/wishes", new).await.assert_field_error(field);
    }
    assert!(names(&app.guest().get("/api/wishes").await.body).is_empty());
}
