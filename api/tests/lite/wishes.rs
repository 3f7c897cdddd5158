//! Reading wishes on the page of `/lite`.

use serde_json::json;

use super::{WISHES, add_wish, assert_redirects_to_wishes, get_wish_key, html, post_message, sign_up};
use crate::support::TestApp;

#[tokio::test]
async fn a_guest_sees_wishes_and_links_to_the_forms() {
    let app = TestApp::start().await;
    let new =
        json!({"name": "Bicycle", "description": "red\nor blue", "url": "https://shop.example/bike?id=7"});
    app.sign_up("bob").await.create_post("/api/wishes", &new).await;
    let reply = app.guest().get(WISHES).await;
    let html = html(&reply, 200);
    for expected in [
        "<title>Wishes · Wishboard</title>",
        "<h1>Wishes</h1>",
        "<bdi translate=\"no\">BOB</bdi>",
        "@bob",
        "<h2><bdi>Bicycle</bdi></h2>",
        "red<br>or blue",
        "<a href=\"https://shop.example/bike?id=7\" rel=\"noopener noreferrer nofollow\" translate=\"no\">shop.example</a>",
        "<a href=\"/lite#log-in\">Log in</a> or <a href=\"/lite#sign-up\">sign up</a> to make a wish list.",
    ] {
        assert!(html.contains(expected), "{expected}: {html}");
    }
    for unexpected in ["<form", "Older wishes", "Received", "No wishes yet", "Error"] {
        assert!(!html.contains(unexpected), "{unexpected}: {html}");
    }
    assert_eq!(reply.header("set-cookie"), "");
}

#[tokio::test]
async fn an_empty_list_says_so() {
    let app = TestApp::start().await;
    assert!(html(&app.guest().get(WISHES).await, 200).contains("<p class=\"hint\">No wishes yet</p>"));
}

#[tokio::test]
async fn received_wishes_are_marked() {
    let app = TestApp::start().await;
    let bob = app.sign_up("bob").await;
    let path = bob.create_post("/api/wishes", &json!({"name": "Bicycle"})).await;
    bob.create_post("/api/wishes", &json!({"name": "Kite"})).await;
    assert_eq!(bob.if_match(1).patch(&path, json!({"received": true})).await.status, 200);
    let page = app.guest().get(WISHES).await;
    let html = html(&page, 200);
    assert!(html.contains("<h2><s><bdi>Bicycle</bdi></s></h2><p class=\"hint\">Received</p>"), "{html}");
    assert!(html.contains("<h2><bdi>Kite</bdi></h2>"), "{html}");
    assert_eq!(html.matches(">Received<").count(), 1, "{html}");
}

#[tokio::test]
async fn wishes_are_escaped() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    let hostile = "</h2><script>alert(1)</script>\"'&<img src=x onerror=alert(1)>";
    let url = "https://shop.example/?'onclick=alert(1)&x=javascript%3A";
    assert_redirects_to_wishes(&add_wish(&ann, &get_wish_key(&ann).await, [hostile, hostile, url]).await);
    let page = ann.get(WISHES).await;
    assert_eq!(html(&page, 200).matches("&lt;script&gt;").count(), 2, "the name and the description");
    let long = format!("</textarea><script>\"{}", "x".repeat(2_000));
    let reply = add_wish(&ann, &get_wish_key(&ann).await, ["\"><script>", &long, "\"><script>"]).await;
    let html = html(&reply, 422);
    assert!(
        html.contains("&lt;/textarea&gt;") && html.contains("value=\"&quot;&gt;&lt;script&gt;\""),
        "{html}"
    );
}

#[tokio::test]
async fn the_text_of_a_link_is_the_host_that_the_browser_opens() {
    let app = TestApp::start().await;
    let bob = app.sign_up("bob").await;
    for (url, link) in [
        ("https://SHOP.example:443/a", "href=\"https://shop.example/a\""),
        ("http://shop.example:8080/", ">shop.example:8080</a>"),
        ("https://\u{430}pple.example/", ">xn--pple-43d.example</a>"),
        ("https://[2001:db8::1]/", ">[2001:db8::1]</a>"),
        ("https://0x7f.1/", ">127.0.0.1</a>"),
    ] {
        bob.create_post("/api/wishes", &json!({"name": "Kite", "url": url})).await;
        let page = app.guest().get(WISHES).await;
        assert!(html(&page, 200).contains(link), "{url}: {page:?}");
    }
}

#[tokio::test]
async fn older_wishes_are_on_the_next_page() {
    let app = TestApp::start().await;
    let bob = app.sign_up("bob").await;
    for number in 0..25 {
        bob.create_post("/api/wishes", &json!({ "name": format!("number {number}!") })).await;
    }
    let first = app.guest().get(WISHES).await;
    let first = html(&first, 200);
    assert!(first.contains("number 24!") && !first.contains("number 4!"), "{first}");
    let older = first.split("href=\"/lite/wishes?before=").nth(1).unwrap().split('#').next().unwrap();
    let second = app.guest().get(&format!("{WISHES}?before={older}")).await;
    let second = html(&second, 200);
    assert!(second.contains("number 4!") && second.contains("number 0!"), "{second}");
    assert!(!second.contains("number 5!") && !second.contains("?before="), "{second}");
    let unknown = app.guest().get("/lite/wishes?before=x").await;
    assert!(html(&unknown, 422).contains("<p>The address may be wrong, or the page no longer exists.</p>"));
}

#[tokio::test]
async fn messages_and_wishes_are_on_separate_pages() {
    let app = TestApp::start().await;
    let ann = sign_up(&app).await;
    add_wish(&ann, &get_wish_key(&ann).await, ["Kite", "", ""]).await;
    post_message(&ann, &get_wish_key(&ann).await, "hello").await;
    for (path, shown, hidden) in [("/lite", "hello", "Kite"), (WISHES, "Kite", "hello")] {
        let page = ann.get(path).await;
        let html = html(&page, 200);
        assert!(html.contains(shown) && !html.contains(hidden), "{path}: {html}");
    }
}
