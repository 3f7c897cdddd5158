//! Changing the display name.

use shared::problem::ProblemType;
use shared::users::User;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::user;
use crate::support::gate::Gate;
use crate::support::network::Network;
use crate::support::page::Page;
use crate::support::responses::{json, network_error, no_content, problem};
use crate::support::wait::{settled, wait_until};

const PATCH_PROFILE: &str = "PATCH /api/me";

fn ada_named(name: &str) -> User {
    User { name: name.to_owned(), ..user("ada") }
}

async fn ada_changes_her_display_name(name: &str, network: Network) -> Page {
    let page = Page::open_as_ada("/account", network).await;
    page.fill("Your name", name).await;
    page.submit("Save name").await;
    page
}

#[wasm_bindgen_test]
async fn a_new_display_name_is_in_the_navigation_bar_immediately_and_after_a_reload() {
    let network = Network::new();
    network.respond(PATCH_PROFILE, json(200, &ada_named("Countess Ada")));
    let mut page = ada_changes_her_display_name(" Countess Ada ", network).await;
    page.wait_for("Name saved.").await;
    wait_until("the new name", || page.find(".bar-name")[0].inner_text() == "Countess Ada").await;
    assert!(page.find("[role=status] .notice")[0].inner_text().starts_with("Name saved."));
    let sent = &page.network.sent(PATCH_PROFILE)[0];
    assert_eq!(sent.body, r#"{"name":"Countess Ada"}"#);
    assert_eq!(sent.authorization.as_deref(), Some("Bearer first"));
    page.reload().await;
    page.wait_for("Countess Ada").await;
    assert_eq!(page.value("Your name").await, "Countess Ada");
}

#[wasm_bindgen_test]
async fn an_invalid_display_name_is_not_sent() {
    let page = ada_changes_her_display_name("  ", Network::new()).await;
    assert_eq!(page.field_error("Your name").await.unwrap(), "This can't be empty.");
    assert_eq!(page.network.count(PATCH_PROFILE), 0);
}

#[wasm_bindgen_test]
async fn a_validation_error_of_the_server_is_shown_at_its_field() {
    let network = Network::new();
    network.respond(PATCH_PROFILE, problem(422, ProblemType::Invalid, Some("name")));
    let page = ada_changes_her_display_name("Ada B", network).await;
    page.wait_for("Rejected by the server.").await;
    assert!(page.field_error("Your name").await.is_some());
}

#[wasm_bindgen_test]
async fn the_display_name_can_be_sent_again_after_a_network_error() {
    let network = Network::new();
    network.respond_in_turn(PATCH_PROFILE, [network_error(), json(200, &ada_named("Ada B"))]);
    let page = ada_changes_her_display_name("Ada B", network).await;
    page.wait_for("can't be reached").await;
    assert_eq!(page.value("Your name").await, "Ada B");
    page.submit("Retry").await;
    page.wait_for("Name saved.").await;
    assert!(!page.shows("can't be reached"));
}

#[wasm_bindgen_test]
async fn saving_the_display_name_does_not_undo_a_logout() {
    let gate = Gate::new();
    let network = Network::new();
    network.respond(PATCH_PROFILE, json(200, &ada_named("Ada B")).behind(&gate));
    network.respond("POST /api/logout", no_content());
    let page = ada_changes_her_display_name("Ada B", network).await;
    page.log_out_ada().await;
    gate.open();
    page.wait_for("Log in to see your account.").await;
    settled().await;
    assert!(!page.shows("Ada B"));
}
