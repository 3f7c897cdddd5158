//! Posting a message.

use shared::problem::ProblemType;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::message;
use crate::support::gate::Gate;
use crate::support::network::Network;
use crate::support::page::{Page, focused};
use crate::support::responses::{json, messages, network_error, problem, unauthorized};
use crate::support::wait::wait_until;

const POST: &str = "POST /api/messages";

async fn ada_writes(text: &str) -> Page {
    let network = Network::new();
    network.respond("GET /api/messages", messages(&[message("1", "Hello from Grace")], None));
    let page = Page::open_as_ada("/", network).await;
    page.wait_for("Hello from Grace").await;
    page.write_message(text).await;
    page
}

fn sent_idempotency_keys(page: &Page) -> Vec<String> {
    page.network.sent(POST).into_iter().map(|sent| sent.idempotency_key.unwrap()).collect()
}

#[wasm_bindgen_test]
async fn a_guest_sees_a_hint_instead_of_the_post_button() {
    let page = Page::open("/", Network::new()).await;
    page.wait_for("Log in or sign up to post a message.").await;
    assert!(!page.find("button").iter().any(|button| button.inner_text() == "Post a message"));
}

#[wasm_bindgen_test]
async fn a_posted_message_is_on_top_and_the_dialog_closes() {
    let page = ada_writes("Hello from Ada\r\n\r\nagain").await;
    page.network.respond(POST, json(201, &message("2", "Hello from Ada\n\nagain")));
    page.submit("Post").await;
    page.wait_for("Hello from Ada").await;
    let articles = page.find("article");
    assert!(articles[0].inner_text().contains("Hello from Ada"));
    assert!(articles[1].inner_text().contains("Hello from Grace"));
    assert!(page.find("dialog").is_empty());
    assert_eq!(focused().text_content().unwrap(), "Post a message");
    let sent = &page.network.sent(POST)[0];
    assert_eq!(sent.body, r#"{"body":"Hello from Ada\n\nagain"}"#);
    assert_eq!(sent.authorization.as_deref(), Some("Bearer first"));

    page.click("Post a message").await;
    assert_eq!(page.value("Message").await, "", "the form is empty");
}

#[wasm_bindgen_test]
async fn a_double_click_posts_one_message() {
    let page = ada_writes("Hello from Ada").await;
    let gate = Gate::new();
    page.network.respond(POST, json(201, &message("2", "Hello from Ada")).behind(&gate));
    let button = page.find("dialog button[type=submit]").remove(0);
    button.click();
    button.click();
    page.wait_for("Posting…").await;
    assert!(button.has_attribute("aria-disabled"));
    gate.open();
    wait_until("the message", || page.find("article").len() == 2).await;
    assert_eq!(page.network.count(POST), 1);
}

#[wasm_bindgen_test]
async fn an_error_is_shown_in_the_dialog_and_keeps_the_text() {
    let page = ada_writes("Hello from Ada").await;
    page.network.respond_in_turn(POST, [network_error(), json(201, &message("2", "Hello from Ada"))]);
    page.submit("Post").await;
    page.wait_for("can't be reached").await;
    assert_eq!(page.value("Message").await, "Hello from Ada");
    page.submit("Retry").await;
    wait_until("the message", || page.find("article").len() == 2).await;
}

#[wasm_bindgen_test]
async fn all_attempts_for_one_text_have_the_same_idempotency_key() {
    let page = ada_writes("Hello from Ada").await;
    let posted = json(201, &message("2", "Hello from Ada"));
    page.network.respond_in_turn(POST, [network_error(), posted, json(201, &message("3", "Again"))]);
    page.submit("Post").await;
    page.wait_for("can't be reached").await;
    page.click("Cancel").await;
    page.click("Post a message").await;
    page.submit("Retry").await;
    wait_until("the message", || page.find("article").len() == 2).await;
    page.write_message("Again").await;
    page.submit("Post").await;
    wait_until("both messages", || page.find("article").len() == 3).await;
    let keys = sent_idempotency_keys(&page);
    assert_eq!(keys[0].len(), 36);
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[1], keys[2]);
}

#[wasm_bindgen_test]
async fn a_changed_text_gets_a_new_key_after_the_old_one_was_rejected() {
    for kind in [ProblemType::KeyReused, ProblemType::Gone] {
        let page = ada_writes("Hello").await;
        let rejected = problem(409, kind, None);
        let responses = [rejected.clone(), rejected, json(201, &message("2", "Hello again"))];
        page.network.respond_in_turn(POST, responses);
        page.submit("Post").await;
        page.wait_for("was already sent").await;
        assert_eq!(page.value("Message").await, "Hello");
        page.submit("Post").await;
        page.fill("Message", "Hello again").await;
        page.submit("Post").await;
        page.wait_for("Hello again").await;
        let keys = sent_idempotency_keys(&page);
        assert_eq!(keys[0], keys[1]);
        assert_ne!(keys[1], keys[2]);
    }
}

#[wasm_bindgen_test]
async fn an_empty_or_too_long_message_is_not_sent() {
    let page = ada_writes(" \n ").await;
    page.submit("Post").await;
    assert_eq!(page.field_error("Message").await.unwrap(), "This can't be empty.");
    page.fill("Message", &"x".repeat(2_001)).await;
    page.wait_for("2,001 of 2,000 characters").await;
    page.submit("Post").await;
    assert_eq!(page.field_error("Message").await.unwrap(), "Use at most 2,000 characters.");
    assert_eq!(page.network.count(POST), 0);
}

#[wasm_bindgen_test]
async fn the_text_of_a_cancelled_dialog_is_restored_when_it_opens_again() {
    let page = ada_writes("Half a thought").await;
    page.click("Cancel").await;
    assert!(page.find("dialog").is_empty());
    page.click("Post a message").await;
    assert_eq!(page.value("Message").await, "Half a thought");
}

#[wasm_bindgen_test]
async fn a_text_survives_the_end_of_the_session() {
    let page = ada_writes("Hello from Ada").await;
    page.network.respond(POST, unauthorized());
    page.network.respond("POST /api/token", unauthorized());
    page.submit("Post").await;
    page.wait_for("You were logged out. Please log in again.").await;
    assert_eq!(page.value("Message").await, "Hello from Ada");
}
