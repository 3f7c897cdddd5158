//! The dialog to post a message with.

use shared::problem::Kind;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::network::{Network, gate, json, message, messages, not_logged_in, offline, problem};
use crate::page::{Page, eventually, focused};

async fn ada_writes(text: &str) -> Page {
    let network = Network::new();
    network.answer("GET /api/messages", messages(&[message("1", "Hello from Grace")], None));
    let page = Page::open_as_ada("/", network).await;
    page.sees("Hello from Grace").await;
    page.click("Post a message").await;
    page.fill("Message", text).await;
    page
}

impl Page {
    fn keys_sent(&self) -> Vec<String> {
        let sent = self.network.sent("POST /api/messages");
        sent.into_iter().map(|sent| sent.key.unwrap()).collect()
    }
}

#[wasm_bindgen_test]
async fn a_guest_is_told_how_to_post() {
    let page = Page::open("/", Network::new());
    page.sees("Log in or sign up to post a message.").await;
    assert!(!page.find("button").iter().any(|button| button.inner_text() == "Post a message"));
}

#[wasm_bindgen_test]
async fn a_posted_message_stands_on_top_and_the_dialog_is_closed() {
    let page = ada_writes("Hello from Ada\r\n\r\nagain").await;
    page.network.answer("POST /api/messages", json(201, &message("2", "Hello from Ada\n\nagain")));
    page.submit("Post").await;
    page.sees("Hello from Ada").await;
    let articles = page.find("article");
    assert!(articles[0].inner_text().contains("Hello from Ada"));
    assert!(articles[1].inner_text().contains("Hello from Grace"));
    assert!(page.find("dialog").is_empty());
    assert_eq!(focused().text_content().unwrap(), "Post a message");
    let sent = &page.network.sent("POST /api/messages")[0];
    assert_eq!(sent.body, r#"{"body":"Hello from Ada\n\nagain"}"#);
    assert_eq!(sent.authorization.as_deref(), Some("Bearer first"));

    page.click("Post a message").await;
    assert_eq!(page.typed("Message").await, "", "the next one begins empty");
}

#[wasm_bindgen_test]
async fn a_double_click_posts_once() {
    let page = ada_writes("Hello from Ada").await;
    let (kept, keep) = gate();
    page.network.answer("POST /api/messages", json(201, &message("2", "Hello from Ada")).after(&kept));
    let button = page.find("dialog button[type=submit]").remove(0);
    button.click();
    button.click();
    page.sees("Posting…").await;
    assert!(button.has_attribute("aria-disabled"));
    keep.call0(&button).unwrap();
    eventually("the message", || page.find("article").len() == 2).await;
    assert_eq!(page.network.count("POST /api/messages"), 1);
}

#[wasm_bindgen_test]
async fn a_failure_is_told_in_the_dialog_and_the_text_stays() {
    let page = ada_writes("Hello from Ada").await;
    page.network.answers("POST /api/messages", [offline(), json(201, &message("2", "Hello from Ada"))]);
    page.submit("Post").await;
    page.sees("can't be reached").await;
    assert_eq!(page.typed("Message").await, "Hello from Ada");
    page.submit("Retry").await;
    eventually("the message", || page.find("article").len() == 2).await;
}

#[wasm_bindgen_test]
async fn every_try_of_one_text_has_the_same_key_and_the_next_text_another() {
    let page = ada_writes("Hello from Ada").await;
    let posted = json(201, &message("2", "Hello from Ada"));
    page.network.answers("POST /api/messages", [offline(), posted, json(201, &message("3", "Again"))]);
    page.submit("Post").await;
    page.sees("can't be reached").await;
    page.click("Cancel").await;
    page.click("Post a message").await;
    page.submit("Retry").await;
    eventually("the message", || page.find("article").len() == 2).await;
    page.click("Post a message").await;
    page.fill("Message", "Again").await;
    page.submit("Post").await;
    eventually("the other", || page.find("article").len() == 3).await;
    let keys = page.keys_sent();
    assert_eq!(keys[0].len(), 36);
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[1], keys[2]);
}

#[wasm_bindgen_test]
async fn a_key_that_is_taken_goes_with_the_text_it_was_refused_for() {
    for kind in [Kind::KeyReused, Kind::Gone] {
        let page = ada_writes("Hello").await;
        let refused = problem(409, kind, None);
        let answers = [refused.clone(), refused, json(201, &message("2", "Hello again"))];
        page.network.answers("POST /api/messages", answers);
        page.submit("Post").await;
        page.sees("This was sent already").await;
        assert_eq!(page.typed("Message").await, "Hello");
        page.submit("Post").await;
        page.fill("Message", "Hello again").await;
        page.submit("Post").await;
        page.sees("Hello again").await;
        let keys = page.keys_sent();
        assert_eq!(keys[0], keys[1]);
        assert_ne!(keys[1], keys[2]);
    }
}

#[wasm_bindgen_test]
async fn an_empty_message_and_one_too_long_are_not_sent() {
    let page = ada_writes(" \n ").await;
    page.submit("Post").await;
    assert_eq!(page.fault("Message").await.unwrap(), "Please fill this in.");
    page.fill("Message", &"x".repeat(2_001)).await;
    page.sees("2,001 of 2,000 characters").await;
    page.submit("Post").await;
    assert_eq!(page.fault("Message").await.unwrap(), "Please use at most 2,000 characters.");
    assert_eq!(page.network.count("POST /api/messages"), 0);
}

#[wasm_bindgen_test]
async fn a_cancelled_text_is_still_there_the_next_time() {
    let page = ada_writes("Half a thought").await;
    page.click("Cancel").await;
    assert!(page.find("dialog").is_empty());
    page.click("Post a message").await;
    assert_eq!(page.typed("Message").await, "Half a thought");
}

#[wasm_bindgen_test]
async fn a_text_survives_the_end_of_the_login() {
    let page = ada_writes("Hello from Ada").await;
    page.network.answer("POST /api/messages", not_logged_in());
    page.network.answer("POST /api/token", not_logged_in());
    page.submit("Post").await;
    page.sees("Your login has ended.").await;
    assert_eq!(page.typed("Message").await, "Hello from Ada");
}
