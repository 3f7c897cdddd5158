//! Drafts: how long they are stored, and which user sees them.

use app::storage::drafts;
use shared::messages::Message;
use shared::problem::ProblemType;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::{by_ada, logged_in, message};
use crate::support::network::Network;
use crate::support::page::{Page, focused};
use crate::support::responses::{json, messages, network_error, no_content, problem};
use crate::support::wait::wait_until;
use crate::support::{other_tab, web_storage};

const POST: &str = "POST /api/messages";

async fn ada_writes(text: &str) -> Page {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.write_message(text).await;
    page
}

#[wasm_bindgen_test]
async fn a_draft_survives_a_reload_and_navigation() {
    let mut page = ada_writes("Half a thought").await;
    page.reload().await;
    page.wait_for("You have a draft.").await;
    page.click("Post a message").await;
    assert_eq!(page.value("Message").await, "Half a thought");
    page.wait_for("Your draft is back.").await;
    page.wait_for("14 of 2,000 characters").await;
    page.click("Cancel").await;
    page.click("Wishes").await;
    page.wait_for("Add a wish").await;
    assert!(!page.shows("You have a draft."), "the draft belongs to the other list");
    page.click("Messages").await;
    page.click("Post a message").await;
    assert_eq!(page.value("Message").await, "Half a thought");
}

#[wasm_bindgen_test]
async fn a_draft_can_be_discarded() {
    let mut page = ada_writes("Half a thought").await;
    page.reload().await;
    page.click("Post a message").await;
    page.click("Discard").await;
    assert_eq!(page.value("Message").await, "");
    assert!(!page.shows("Your draft is back."));
    wait_until("focus on the field", || focused().tag_name() == "TEXTAREA").await;
    page.reload().await;
    page.wait_for("Post a message").await;
    assert!(!page.shows("You have a draft."));
}

#[wasm_bindgen_test]
async fn an_edit_has_its_own_draft_which_is_deleted_when_the_text_is_unchanged() {
    let network = Network::new();
    let listed = [by_ada(message("2", "Second")), by_ada(message("1", "First"))];
    network.respond("GET /api/messages", messages(&listed, None));
    let mut page = Page::open_as_ada("/", network).await;
    page.click("Edit").await;
    page.fill("Message", "Second thought").await;
    page.reload().await;
    page.wait_for("Second").await;
    assert!(!page.shows("You have a draft."), "the draft belongs to the edit");
    page.click("Edit").await;
    assert_eq!(page.value("Message").await, "Second thought");
    page.fill("Message", "Second").await;
    page.reload().await;
    page.click("Edit").await;
    assert_eq!(page.value("Message").await, "Second");
    assert!(!page.shows("Your draft is back."));
}

#[wasm_bindgen_test]
async fn a_restored_edit_is_based_on_the_version_that_was_edited() {
    let network = Network::new();
    network.respond("GET /api/messages", messages(&[by_ada(message("2", "Second"))], None));
    let mut page = Page::open_as_ada("/", network).await;
    page.click("Edit").await;
    page.fill("Message", "Mine").await;
    let edited_elsewhere = Message { version: 2, ..by_ada(message("2", "Edited elsewhere")) };
    page.network.respond("GET /api/messages", messages(&[edited_elsewhere], None));
    page.reload().await;
    page.wait_for("Edited elsewhere").await;
    page.click("Edit").await;
    page.network.respond("PATCH /api/messages/2", problem(412, ProblemType::EditConflict, None));
    page.submit("Save").await;
    wait_until("the edit", || page.network.count("PATCH /api/messages/2") == 1).await;
    assert_eq!(page.network.sent("PATCH /api/messages/2")[0].if_match.as_deref(), Some("\"1\""));
}

#[wasm_bindgen_test]
async fn sending_a_post_deletes_its_draft() {
    let mut page = ada_writes("Hello").await;
    page.network.respond(POST, json(201, &message("2", "Hello")));
    page.submit("Post").await;
    page.dialog_closes().await;
    assert!(!page.shows("You have a draft."));
    page.reload().await;
    page.click("Post a message").await;
    assert_eq!(page.value("Message").await, "");
}

#[wasm_bindgen_test]
async fn a_retry_after_a_reload_has_the_same_idempotency_key() {
    let mut page = ada_writes("Hello").await;
    page.network.respond_in_turn(POST, [network_error(), json(201, &message("2", "Hello"))]);
    page.submit("Post").await;
    page.wait_for("can't be reached").await;
    page.reload().await;
    page.click("Post a message").await;
    page.submit("Post").await;
    page.dialog_closes().await;
    let sent = page.network.sent(POST);
    assert_eq!(sent[0].idempotency_key, sent[1].idempotency_key);
    assert_eq!(sent[0].body, sent[1].body);
}

#[wasm_bindgen_test]
async fn a_draft_is_visible_to_its_author_only() {
    let mut page = ada_writes("For Ada only").await;
    other_tab::grace_logs_in();
    page.wait_for("Grace").await;
    assert!(page.find("dialog").is_empty());
    assert!(!page.shows("You have a draft."));
    page.click("Post a message").await;
    assert_eq!(page.value("Message").await, "");
    page.reload().await;
    page.click("Post a message").await;
    assert_eq!(page.value("Message").await, "");
    page.click("Cancel").await;
    assert!(drafts::find(Some("ada"), "/api/messages").is_some());
}

#[wasm_bindgen_test]
async fn a_logout_deletes_all_typed_text() {
    let page = ada_writes("Half a thought").await;
    page.click("Cancel").await;
    page.network.respond("POST /api/logout", no_content());
    page.log_out_ada().await;
    page.wait_for("Log in or sign up to post a message.").await;
    assert_eq!(drafts::find(Some("ada"), "/api/messages"), None);
    assert!(
        !page.all_values().contains(&"Half a thought".to_owned()),
        "the text is not in a hidden field either"
    );
}

#[wasm_bindgen_test]
async fn the_sign_up_draft_survives_a_reload_without_the_password() {
    let mut page = Page::open("/signup", Network::new()).await;
    page.fill("Username", "ada").await;
    page.fill("Name", "Ada Lovelace").await;
    page.fill("Password", "right horse").await;
    page.reload().await;
    assert_eq!(page.value("Username").await, "ada");
    assert_eq!(page.value("Name").await, "Ada Lovelace");
    assert_eq!(page.value("Password").await, "");
    assert!(!web_storage::all().contains("right horse"));
    page.network.respond("POST /api/signup", json(201, &logged_in("ada", "first")));
    page.fill("Password", "right horse").await;
    page.submit("Sign up").await;
    page.wait_for("Post a message").await;
    assert_eq!(drafts::find(None, "/signup"), None);
}

#[wasm_bindgen_test]
async fn unreadable_drafts_are_ignored() {
    for broken in ["", "{", "7", r#"["a"]"#, r#"[{"place":"/api/messages","fields":"x","version":0}]"#] {
        web_storage::set("wishboard.drafts.ada", broken);
        let page = ada_writes("Hello").await;
        assert_eq!(page.value("Message").await, "Hello");
    }
}
