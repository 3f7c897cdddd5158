//! Changing and deleting one's own messages.

use shared::board::Message;
use shared::problem::Kind;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::network::{Answer, Network, adas, changed, json, message, messages, nothing, offline, problem};
use crate::page::{Page, eventually, focused};

const EDIT: &str = "PATCH /api/messages/2";
const DELETE: &str = "DELETE /api/messages/2";

/// Ada sees a message of her own above one of Grace's.
async fn board() -> Page {
    let network = Network::new();
    let listed = [adas(message("2", "Hello from Ada")), message("1", "Hello from Grace")];
    network.answer("GET /api/messages", messages(&listed, None));
    let page = Page::open_as_ada("/", network).await;
    page.sees("Hello from Grace").await;
    page
}

/// Ada changes her message.
async fn ada_saves(text: &str, answers: impl IntoIterator<Item = Answer>) -> Page {
    let page = board().await;
    page.network.answers(EDIT, answers);
    page.click("Edit").await;
    page.fill("Message", text).await;
    page.submit("Save").await;
    page
}

fn edited(body: &str, version: u64) -> Message {
    let edited_at = Some("2026-11-20T11:00:00.000Z".to_owned());
    Message { edited_at, version, ..adas(message("2", body)) }
}

#[wasm_bindgen_test]
async fn only_ones_own_messages_can_be_changed() {
    let page = board().await;
    let buttons = |at: usize| page.find("article")[at].query_selector_all("button").unwrap().length();
    assert_eq!((buttons(0), buttons(1)), (2, 0));
    page.network.answer("POST /api/logout", nothing());
    page.click("Ada").await;
    page.click("Log out").await;
    eventually("no buttons", || buttons(0) == 0).await;
}

#[wasm_bindgen_test]
async fn an_edited_message_stays_in_its_place_and_says_that_it_was_edited() {
    let page = ada_saves("Good morning", [json(200, &edited("Good morning", 2))]).await;
    page.sees("Good morning").await;
    page.sees("edited").await;
    let articles = page.find("article");
    assert!(articles[0].inner_text().contains("Good morning"));
    assert_eq!(articles.len(), 2);
    assert!(page.find("dialog").is_empty());
    assert_eq!(focused().text_content().unwrap(), "Edit", "back where one was");
    let sent = &page.network.sent(EDIT)[0];
    assert_eq!(sent.body, r#"{"body":"Good morning"}"#);
    assert_eq!(sent.if_match.as_deref(), Some("\"1\""));

    page.network.answer(EDIT, json(200, &edited("Good evening", 3)));
    page.click("Edit").await;
    assert_eq!(page.typed("Message").await, "Good morning");
    page.fill("Message", "Good evening").await;
    page.submit("Save").await;
    page.sees("Good evening").await;
    assert_eq!(page.network.sent(EDIT)[1].if_match.as_deref(), Some("\"2\""));
}

#[wasm_bindgen_test]
async fn a_message_that_was_changed_elsewhere_shows_both_texts_and_can_be_saved_again() {
    let answers = [changed(edited("Theirs", 4)), json(200, &edited("Mine", 5))];
    let page = ada_saves("Mine", answers).await;
    page.sees("changed elsewhere").await;
    assert_eq!(page.typed("Message").await, "Mine");
    assert!(page.find("dialog")[0].inner_text().contains("Theirs"));
    assert!(page.find("article")[0].inner_text().contains("Theirs"));
    page.submit("Save").await;
    eventually("mine", || page.find("article")[0].inner_text().contains("Mine")).await;
    assert!(page.find("dialog").is_empty());
    assert_eq!(page.network.sent(EDIT)[1].if_match.as_deref(), Some("\"4\""));
}

#[wasm_bindgen_test]
async fn a_message_that_is_gone_can_not_be_saved_but_its_text_can_be_posted_anew() {
    let page = ada_saves("Mine", [problem(404, Kind::NotFound, None)]).await;
    page.sees("This was deleted elsewhere meanwhile.").await;
    assert_eq!(page.typed("Message").await, "Mine");
    assert_eq!(page.find("article").len(), 1);
    page.network.answer("POST /api/messages", json(201, &adas(message("3", "Mine"))));
    page.submit("Post").await;
    eventually("the message", || page.find("article").len() == 2).await;
    assert!(page.find("dialog").is_empty());
    assert_eq!(page.network.count(EDIT), 1);
}

#[wasm_bindgen_test]
async fn an_edit_whose_answer_was_lost_is_saved_when_it_is_saved_again() {
    let page = ada_saves("Mine", [offline(), changed(edited("Mine", 2))]).await;
    page.sees("can't be reached").await;
    page.submit("Retry").await;
    eventually("no dialog", || page.find("dialog").is_empty()).await;
    assert!(page.find("article")[0].inner_text().contains("Mine"));
    assert!(!page.shows("changed elsewhere"));
}

#[wasm_bindgen_test]
async fn an_edit_that_fails_keeps_its_text_even_when_the_dialog_is_closed() {
    let page = ada_saves("Mine", [offline(), json(200, &edited("Mine", 2))]).await;
    page.sees("can't be reached").await;
    page.click("Cancel").await;
    page.click("Edit").await;
    assert_eq!(page.typed("Message").await, "Mine");
    page.submit("Retry").await;
    page.sees("edited").await;
}

#[wasm_bindgen_test]
async fn an_edit_leaves_what_one_is_writing_alone() {
    let page = board().await;
    page.click("Post a message").await;
    page.fill("Message", "Half a thought").await;
    page.click("Cancel").await;
    page.click("Edit").await;
    assert_eq!(page.typed("Message").await, "Hello from Ada");
    page.sees("14 of 2,000 characters").await;
    page.click("Cancel").await;
    page.click("Post a message").await;
    assert_eq!(page.typed("Message").await, "Half a thought");
}

#[wasm_bindgen_test]
async fn a_message_is_deleted_when_that_is_confirmed() {
    let page = board().await;
    page.network.answer(DELETE, nothing());
    page.click("Delete").await;
    assert!(page.find("dialog")[0].inner_text().contains("Hello from Ada"), "this is what is asked about");
    assert_eq!(focused().text_content().unwrap(), "Delete this message?");
    page.click("Cancel").await;
    assert_eq!(page.find("article").len(), 2);
    assert_eq!(page.network.count(DELETE), 0);

    page.click("Delete").await;
    page.submit("Delete").await;
    eventually("one message", || page.find("article").len() == 1).await;
    assert!(page.find("dialog").is_empty());
    assert!(!page.shows("Hello from Ada"));
    eventually("focus on the heading", || focused().tag_name() == "H1").await;
}

#[wasm_bindgen_test]
async fn a_message_that_somebody_else_was_quicker_to_delete_is_gone_and_one_is_told() {
    let page = board().await;
    page.network.answer(DELETE, problem(404, Kind::NotFound, None));
    page.click("Delete").await;
    page.submit("Delete").await;
    page.sees("This is not there any more.").await;
    assert_eq!(page.find("article").len(), 1);
    assert!(page.find("dialog").is_empty());
}

#[wasm_bindgen_test]
async fn a_message_that_can_not_be_deleted_now_can_be_deleted_later() {
    let page = board().await;
    page.network.answers(DELETE, [offline(), nothing()]);
    page.click("Delete").await;
    page.submit("Delete").await;
    page.sees("can't be reached").await;
    assert_eq!(page.find("article").len(), 2);
    page.submit("Retry").await;
    eventually("one message", || page.find("article").len() == 1).await;
}

#[wasm_bindgen_test]
async fn a_deleted_message_does_not_come_back_with_an_older_page() {
    let network = Network::new();
    let listed = [adas(message("2", "Hello from Ada"))];
    network.answer("GET /api/messages", messages(&listed, Some("2")));
    network.answer("GET /api/messages?before=2", messages(&[listed[0].clone(), message("1", "First")], None));
    network.answer(DELETE, nothing());
    let page = Page::open_as_ada("/", network).await;
    page.click("Delete").await;
    page.submit("Delete").await;
    eventually("no messages", || page.find("article").is_empty()).await;
    page.click("Older messages").await;
    page.sees("First").await;
    assert_eq!(page.find("article").len(), 1);
}
