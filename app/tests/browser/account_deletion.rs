//! Deleting the account.

use app::storage::drafts::{self, Draft};
use leptos::prelude::window;
use shared::problem::ProblemType;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::gate::Gate;
use crate::support::network::Network;
use crate::support::other_tab;
use crate::support::page::Page;
use crate::support::responses::{
    ScriptedResponse, accepted, network_error, no_content, problem, rate_limited,
};
use crate::support::wait::{drawn, field_has_focus, settled, wait_until};

const DELETE: &str = "POST /api/me/delete";

async fn ada_deletes_her_account(
    password: &str,
    responses: impl IntoIterator<Item = ScriptedResponse>,
) -> Page {
    let network = Network::new();
    network.respond_in_turn(DELETE, responses);
    let page = Page::open_as_ada("/account", network).await;
    page.click("Delete my account").await;
    page.wait_for("Your username can't be used again, not even by you.").await;
    page.fill("Password", password).await;
    page.submit("Delete").await;
    page
}

fn wrong_password() -> ScriptedResponse {
    problem(422, ProblemType::WrongPassword, Some("password"))
}

#[wasm_bindgen_test]
async fn deleting_the_account_logs_out_and_deletes_the_users_drafts() {
    let draft = || Draft {
        form_id: "/api/messages".to_owned(),
        fields: vec!["Half a thought".to_owned()],
        ..Draft::default()
    };
    drafts::save(Some("ada"), draft());
    drafts::save(Some("grace"), draft());
    let mut page = ada_deletes_her_account("right horse", [no_content()]).await;
    page.wait_for("Your account was deleted.").await;
    page.wait_for("No messages yet").await;
    assert_eq!(window().location().pathname().unwrap(), "/");
    assert!(page.shows("Log in"));
    assert_eq!(drafts::find(Some("ada"), "/api/messages"), None);
    assert_eq!(drafts::find(Some("grace"), "/api/messages"), Some(draft()));
    assert_eq!(page.network.sent(DELETE)[0].body, r#"{"password":"right horse"}"#);
    page.reload().await;
    page.wait_for("Log in").await;
    assert!(!page.shows("Ada"));
}

#[wasm_bindgen_test]
async fn an_incomplete_deletion_is_continued() {
    let gate = Gate::new();
    let responses = [accepted(), accepted().behind(&gate), no_content()];
    let page = ada_deletes_her_account("right horse", responses).await;
    page.wait_for("You have a lot of posts, so this takes a while.").await;
    wait_until("the second request", || page.network.count(DELETE) == 2).await;
    assert!(page.shows("Deleting…"));
    gate.open();
    page.wait_for("Your account was deleted.").await;
    assert_eq!(page.network.count(DELETE), 3);
}

#[wasm_bindgen_test]
async fn the_deletion_can_be_continued_after_an_error() {
    let page = ada_deletes_her_account("right horse", [accepted(), network_error(), no_content()]).await;
    page.wait_for("can't be reached").await;
    assert!(page.shows("If it stops, try again to continue."));
    assert_eq!(page.value("Password").await, "right horse");
    page.submit("Retry").await;
    page.wait_for("Your account was deleted.").await;
}

#[wasm_bindgen_test]
async fn a_wrong_password_is_shown_at_its_field() {
    let page = ada_deletes_her_account("wrong horse", [wrong_password()]).await;
    page.wait_for("That password is wrong.").await;
    field_has_focus("password").await;
    assert!(page.shows("Ada"), "Ada is still logged in");
}

#[wasm_bindgen_test]
async fn an_empty_password_is_not_sent() {
    let page = ada_deletes_her_account("", [no_content()]).await;
    page.wait_for("This can't be empty.").await;
    assert_eq!(page.network.count(DELETE), 0);
}

#[wasm_bindgen_test]
async fn the_dialog_counts_down_after_too_many_attempts() {
    let page = ada_deletes_her_account("right horse", [rate_limited(1), no_content()]).await;
    page.wait_for("Please wait 0:01.").await;
    page.wait_for("You can try again now.").await;
    page.submit("Delete").await;
    page.wait_for("Your account was deleted.").await;
}

#[wasm_bindgen_test]
async fn cancelling_clears_the_password() {
    let page = ada_deletes_her_account("wrong horse", [wrong_password()]).await;
    page.wait_for("That password is wrong.").await;
    page.click("Cancel").await;
    assert!(page.find("dialog").is_empty());
    page.click("Delete my account").await;
    drawn().await;
    assert_eq!(page.value("Password").await, "");
    assert!(!page.shows("That password is wrong."));
}

#[wasm_bindgen_test]
async fn a_deletion_stops_when_another_user_logs_in() {
    let gate = Gate::new();
    let page = ada_deletes_her_account("right horse", [accepted().behind(&gate), no_content()]).await;
    other_tab::grace_logs_in();
    gate.open();
    page.wait_for("@grace").await;
    settled().await;
    assert_eq!(page.network.count(DELETE), 1);
    assert!(!page.shows("Your account was deleted."));
}
