//! Editing a message.

use shared::messages::Message;
use shared::problem::ProblemType;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::{by_ada, message, timestamp};
use crate::support::network::Network;
use crate::support::page::{Page, focused};
use crate::support::responses::{
    ScriptedResponse, json, messages, network_error, no_content, problem, version_conflict,
};
use crate::support::wait::wait_until;

const EDIT: &str = "PATCH /api/messages/2";

/// Opens a message board with a message by Ada above one by Grace.
pub async fn open_board_as_ada() -> Page {
    let network = Network::new();
    let listed = [by_ada(message("2", "Hello from Ada")), message("1", "Hello from Grace")];
    network.respond("GET /api/messages", messages(&listed, None));
    let page = Page::open_as_ada("/", network).await;
    page.wait_for("Hello from Grace").await;
    page
}

/// Ada edits her message.
async fn ada_saves(text: &str, responses: impl IntoIterator<Item = ScriptedResponse>) -> Page {
    let page = open_board_as_ada().await;
    page.network.respond_in_turn(EDIT, responses);
    page.click("Edit").await;
    page.fill("Message", text).await;
    page.submit("Save").await;
    page
}

fn edited(body: &str, version: u64) -> Message {
    let edited_at = Some(timestamp("2026-11-20T11:00:00.000Z"));
    Message { edited_at, version, ..by_ada(message("2", body)) }
}

#[wasm_bindgen_test]
async fn only_the_author_sees_edit_and_delete_buttons() {
    let page = open_board_as_ada().await;
    let buttons = |index: usize| page.find("article")[index].query_selector_all("button").unwrap().length();
    assert_eq!((buttons(0), buttons(1)), (2, 0));
    page.network.respond("POST /api/logout", no_content());
    page.log_out_ada().await;
    wait_until("no buttons", || buttons(0) == 0).await;
}

#[wasm_bindgen_test]
async fn an_edited_message_keeps_its_place_and_is_marked_as_edited() {
    let page = ada_saves("Good morning", [json(200, &edited("Good morning", 2))]).await;
    page.wait_for("Good morning").await;
    page.wait_for("edited").await;
    let articles = page.find("article");
    assert!(articles[0].inner_text().contains("Good morning"));
    assert_eq!(articles.len(), 2);
    assert!(page.find("dialog").is_empty());
    assert_eq!(focused().text_content().unwrap(), "Edit", "the focus has not moved");
    let sent = &page.network.sent(EDIT)[0];
    assert_eq!(sent.body, r#"{"body":"Good morning"}"#);
    assert_eq!(sent.if_match.as_deref(), Some("\"1\""));

    page.network.respond(EDIT, json(200, &edited("Good evening", 3)));
    page.click("Edit").await;
    assert_eq!(page.value("Message").await, "Good morning");
    page.fill("Message", "Good evening").await;
    page.submit("Save").await;
    page.wait_for("Good evening").await;
    assert_eq!(page.network.sent(EDIT)[1].if_match.as_deref(), Some("\"2\""));
}

#[wasm_bindgen_test]
async fn a_version_conflict_shows_both_texts_and_can_be_overwritten() {
    let responses = [version_conflict(edited("Edited elsewhere", 4)), json(200, &edited("Mine", 5))];
    let page = ada_saves("Mine", responses).await;
    page.wait_for("edited somewhere else").await;
    assert_eq!(page.value("Message").await, "Mine");
    assert!(page.find("dialog")[0].inner_text().contains("Edited elsewhere"));
    assert!(page.find("article")[0].inner_text().contains("Edited elsewhere"));
    page.submit("Save").await;
    wait_until("the edited text", || page.find("article")[0].inner_text().contains("Mine")).await;
    assert!(page.find("dialog").is_empty());
    assert_eq!(page.network.sent(EDIT)[1].if_match.as_deref(), Some("\"4\""));
}

#[wasm_bindgen_test]
async fn the_text_of_a_deleted_message_can_be_posted_as_a_new_one() {
    let page = ada_saves("Mine", [problem(404, ProblemType::NotFound, None)]).await;
    page.wait_for("This was deleted somewhere else.").await;
    assert_eq!(page.value("Message").await, "Mine");
    assert_eq!(page.find("article").len(), 1);
    page.network.respond("POST /api/messages", json(201, &by_ada(message("3", "Mine"))));
    page.submit("Post").await;
    wait_until("the message", || page.find("article").len() == 2).await;
    assert!(page.find("dialog").is_empty());
    assert_eq!(page.network.count(EDIT), 1);
}

#[wasm_bindgen_test]
async fn retrying_an_edit_whose_response_was_lost_succeeds() {
    let page = ada_saves("Mine", [network_error(), version_conflict(edited("Mine", 2))]).await;
    page.wait_for("can't be reached").await;
    page.submit("Retry").await;
    page.dialog_closes().await;
    assert!(page.find("article")[0].inner_text().contains("Mine"));
    assert!(!page.shows("edited somewhere else"));
}

#[wasm_bindgen_test]
async fn a_failed_edit_keeps_its_text_when_the_dialog_is_closed() {
    let page = ada_saves("Mine", [network_error(), json(200, &edited("Mine", 2))]).await;
    page.wait_for("can't be reached").await;
    page.click("Cancel").await;
    page.click("Edit").await;
    assert_eq!(page.value("Message").await, "Mine");
    page.submit("Retry").await;
    page.wait_for("edited").await;
}

#[wasm_bindgen_test]
async fn editing_does_not_change_the_draft_of_a_new_message() {
    let page = open_board_as_ada().await;
    page.write_message("Half a thought").await;
    page.click("Cancel").await;
    page.click("Edit").await;
    assert_eq!(page.value("Message").await, "Hello from Ada");
    page.wait_for("14 of 2,000 characters").await;
    page.click("Cancel").await;
    page.click("Post a message").await;
    assert_eq!(page.value("Message").await, "Half a thought");
}
