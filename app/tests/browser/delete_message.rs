//! Deleting a message.

use shared::problem::ProblemType;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::edit_message::open_board_as_ada;
use crate::support::fixtures::{by_ada, message};
use crate::support::network::Network;
use crate::support::page::{Page, focused};
use crate::support::responses::{messages, network_error, no_content, problem};
use crate::support::wait::{heading_has_focus, wait_until};

const DELETE: &str = "DELETE /api/messages/2";

#[wasm_bindgen_test]
async fn a_message_is_deleted_after_confirmation() {
    let page = open_board_as_ada().await;
    page.network.respond(DELETE, no_content());
    page.click("Delete").await;
    assert!(page.find("dialog")[0].inner_text().contains("Hello from Ada"));
    assert_eq!(focused().text_content().unwrap(), "Delete this message?");
    page.click("Cancel").await;
    assert_eq!(page.find("article").len(), 2);
    assert_eq!(page.network.count(DELETE), 0);

    page.click("Delete").await;
    page.submit("Delete").await;
    wait_until("one message", || page.find("article").len() == 1).await;
    assert!(page.find("dialog").is_empty());
    assert!(!page.shows("Hello from Ada"));
    heading_has_focus().await;
}

#[wasm_bindgen_test]
async fn deleting_an_already_deleted_message_removes_it_and_shows_an_error() {
    let page = open_board_as_ada().await;
    page.network.respond(DELETE, problem(404, ProblemType::NotFound, None));
    page.click("Delete").await;
    page.submit("Delete").await;
    page.wait_for("This doesn't exist or was deleted.").await;
    assert_eq!(page.find("article").len(), 1);
    assert!(page.find("dialog").is_empty());
}

#[wasm_bindgen_test]
async fn a_failed_deletion_can_be_retried() {
    let page = open_board_as_ada().await;
    page.network.respond_in_turn(DELETE, [network_error(), no_content()]);
    page.click("Delete").await;
    page.submit("Delete").await;
    page.wait_for("can't be reached").await;
    assert_eq!(page.find("article").len(), 2);
    page.submit("Retry").await;
    wait_until("one message", || page.find("article").len() == 1).await;
}

#[wasm_bindgen_test]
async fn a_deleted_message_does_not_reappear_with_an_older_page() {
    let network = Network::new();
    let listed = [by_ada(message("2", "Hello from Ada"))];
    network.respond("GET /api/messages", messages(&listed, Some("2")));
    network
        .respond("GET /api/messages?before=2", messages(&[listed[0].clone(), message("1", "First")], None));
    network.respond(DELETE, no_content());
    let page = Page::open_as_ada("/", network).await;
    page.click("Delete").await;
    page.submit("Delete").await;
    wait_until("no messages", || page.find("article").is_empty()).await;
    page.click("Older messages").await;
    page.wait_for("First").await;
    assert_eq!(page.find("article").len(), 1);
}
