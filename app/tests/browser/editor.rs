//! The editor while a request is pending, and after an error.

use shared::problem::ProblemType;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::message;
use crate::support::gate::Gate;
use crate::support::network::Network;
use crate::support::other_tab;
use crate::support::page::Page;
use crate::support::responses::{json, network_error, problem};
use crate::support::wait::{settled, wait_until};

const POST: &str = "POST /api/messages";

async fn ada_writes_hello() -> Page {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.write_message("Hello").await;
    page
}

#[wasm_bindgen_test]
async fn a_post_that_failed_offline_is_sent_when_the_browser_goes_online() {
    let page = ada_writes_hello().await;
    page.network.respond_in_turn(POST, [network_error(), json(201, &message("2", "Hello"))]);
    other_tab::browser_goes_online();
    settled().await;
    assert_eq!(page.network.count(POST), 0, "the form was not submitted yet");
    page.submit("Post").await;
    page.wait_for("can't be reached").await;
    other_tab::browser_goes_online();
    page.dialog_closes().await;
    let sent = page.network.sent(POST);
    assert_eq!((sent.len(), &sent[0].idempotency_key), (2, &sent[1].idempotency_key));
}

#[wasm_bindgen_test]
async fn a_cancelled_or_rejected_post_is_not_sent_automatically() {
    let page = ada_writes_hello().await;
    page.network.respond_in_turn(POST, [network_error(), problem(422, ProblemType::Invalid, Some("body"))]);
    page.submit("Post").await;
    page.wait_for("can't be reached").await;
    page.click("Cancel").await;
    other_tab::browser_goes_online();
    settled().await;
    assert_eq!(page.network.count(POST), 1);
    page.click("Post a message").await;
    page.submit("Retry").await;
    wait_until("another error", || !page.shows("can't be reached")).await;
    other_tab::browser_goes_online();
    settled().await;
    assert_eq!(page.network.count(POST), 2);
}

#[wasm_bindgen_test]
async fn text_typed_while_a_post_is_being_sent_stays() {
    let page = ada_writes_hello().await;
    let gate = Gate::new();
    page.network.respond(POST, json(201, &message("2", "Hello")).behind(&gate));
    page.submit("Post").await;
    page.fill("Message", "Hello, and one more thing").await;
    gate.open();
    page.wait_for("The text you typed after that is still here.").await;
    assert_eq!(page.value("Message").await, "Hello, and one more thing");
    assert!(page.find("article")[0].inner_text().contains("Hello"));
    page.network.respond(POST, json(201, &message("3", "Hello, and one more thing")));
    page.submit("Post").await;
    wait_until("both messages", || page.find("article").len() == 2).await;
    let sent = page.network.sent(POST);
    assert_ne!(sent[0].idempotency_key, sent[1].idempotency_key);
}

#[wasm_bindgen_test]
async fn an_error_opens_the_closed_dialog_again() {
    let page = ada_writes_hello().await;
    let gate = Gate::new();
    page.network.respond(POST, network_error().behind(&gate));
    page.submit("Post").await;
    page.click("Cancel").await;
    assert!(page.find("dialog").is_empty());
    gate.open();
    page.wait_for("can't be reached").await;
    assert_eq!(page.value("Message").await, "Hello");
}

#[wasm_bindgen_test]
async fn an_error_after_the_page_was_left_shows_a_notice_and_keeps_the_draft() {
    let page = ada_writes_hello().await;
    let gate = Gate::new();
    page.network.respond(POST, network_error().behind(&gate));
    page.submit("Post").await;
    page.click("Cancel").await;
    page.click("Wishes").await;
    page.wait_for("No wishes yet").await;
    gate.open();
    page.wait_for("Your text couldn't be sent.").await;
    page.click("Messages").await;
    page.wait_for("You have a draft.").await;
}
