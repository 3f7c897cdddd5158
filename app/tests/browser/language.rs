//! Switching the language.

use leptos::prelude::{document, window};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::wish;
use crate::support::network::Network;
use crate::support::page::{Page, focused};
use crate::support::responses::{messages, wishes};
use crate::support::wait::wait_until;

fn document_language() -> Option<String> {
    document().document_element().and_then(|html| html.get_attribute("lang"))
}

#[wasm_bindgen_test]
async fn the_chosen_language_applies_to_all_pages_and_later_visits() {
    let network = Network::new();
    network.respond("GET /api/messages", messages(&[], None));
    network.respond("GET /api/wishes", wishes(&[wish("1", "A boat")], None));
    let mut page = Page::open("/", network).await;
    page.wait_for("No messages yet").await;
    assert_eq!(document_language().as_deref(), Some("en"));
    page.click("Deutsch").await;
    page.wait_for("Noch keine Nachrichten").await;
    assert_eq!(document_language().as_deref(), Some("de"));
    assert_eq!(document().title(), "Nachrichten · Wishboard");
    wait_until("focus on the other button", || focused().text_content().as_deref() == Some("English")).await;
    page.click("Wünsche").await;
    page.wait_for("A boat").await;
    let time = page.find("time")[0].inner_text();
    assert!(time.contains("vor ") || time.contains("gestern"), "{time}");
    page.reload().await;
    page.wait_for("Melde dich an").await;
    page.click("English").await;
    page.wait_for("Log in").await;
    assert_eq!(document_language().as_deref(), Some("en"));
    assert_eq!(window().location().pathname().unwrap(), "/wishes");
}

#[wasm_bindgen_test]
async fn switching_the_language_keeps_the_user_logged_in() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.click("Deutsch").await;
    page.wait_for("Nachricht schreiben").await;
    page.click("Ada").await;
    page.wait_for("Abmelden").await;
    page.click("English").await;
    page.wait_for("Post a message").await;
}
