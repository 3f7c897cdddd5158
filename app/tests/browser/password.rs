//! Changing the password.

use shared::problem::ProblemType;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::support::network::Network;
use crate::support::page::Page;
use crate::support::responses::{ScriptedResponse, no_content, problem, unauthorized};
use crate::support::wait::{drawn, field_has_focus, wait_until};

const PUT_PASSWORD: &str = "PUT /api/me/password";

async fn ada_changes_her_password(current: &str, new: &str, response: ScriptedResponse) -> Page {
    let network = Network::new();
    network.respond(PUT_PASSWORD, response);
    let page = Page::open_as_ada("/account", network).await;
    page.fill("Current password", current).await;
    page.fill("New password", new).await;
    page.submit("Change password").await;
    page
}

#[wasm_bindgen_test]
async fn a_new_password_ends_the_other_sessions_and_reloads_their_list() {
    let page = ada_changes_her_password("right horse", "a purple kettle", no_content()).await;
    page.wait_for("Password changed.").await;
    let sent = &page.network.sent(PUT_PASSWORD)[0];
    assert_eq!(sent.body, r#"{"current":"right horse","new":"a purple kettle"}"#);
    assert_eq!(page.value("Current password").await, "");
    assert_eq!(page.value("New password").await, "");
    assert!(page.shows("Ada"), "the current session continues");
    wait_until("another request for the sessions", || page.network.count("GET /api/me/sessions") == 2).await;
}

#[wasm_bindgen_test]
async fn a_wrong_current_password_is_shown_at_its_field_and_keeps_the_typed_text() {
    let wrong = problem(422, ProblemType::WrongPassword, Some("current"));
    let page = ada_changes_her_password("wrong horse", "a purple kettle", wrong).await;
    page.wait_for("That password is wrong.").await;
    assert!(page.field_error("Current password").await.is_some());
    assert_eq!(page.field_error("New password").await, None);
    assert_eq!(page.value("New password").await, "a purple kettle");
    field_has_focus("current").await;
    let current = page.field("Current password").await;
    assert_eq!(current.selection_end().unwrap(), Some("wrong horse".len() as u32));
}

#[wasm_bindgen_test]
async fn a_weak_new_password_is_shown_at_its_field() {
    let weak = problem(422, ProblemType::WeakPassword, Some("new"));
    let page = ada_changes_her_password("right horse", "password1", weak).await;
    page.wait_for("too easy to guess").await;
    assert!(page.field_error("New password").await.is_some());
    assert_eq!(page.field_error("Current password").await, None);
}

#[wasm_bindgen_test]
async fn an_unchanged_password_is_shown_at_its_field() {
    let unchanged = problem(422, ProblemType::PasswordUnchanged, Some("new"));
    let page = ada_changes_her_password("right horse", "right horse", unchanged).await;
    page.wait_for("This is your current password.").await;
    assert!(page.field_error("New password").await.is_some());
    field_has_focus("new").await;
}

#[wasm_bindgen_test]
async fn invalid_passwords_are_not_sent() {
    let page = ada_changes_her_password("", "short", no_content()).await;
    assert_eq!(page.field_error("Current password").await.unwrap(), "This can't be empty.");
    assert_eq!(page.field_error("New password").await.unwrap(), "Use at least 8 characters.");
    assert_eq!(page.network.count(PUT_PASSWORD), 0);
}

#[wasm_bindgen_test]
async fn each_password_field_has_its_own_visibility_button() {
    let page = Page::open_as_ada("/account", Network::new()).await;
    page.find("button[aria-label='Show new password']").remove(0).click();
    drawn().await;
    assert_eq!(page.field("New password").await.type_(), "text");
    assert_eq!(page.field("Current password").await.type_(), "password");
}

#[wasm_bindgen_test]
async fn the_form_has_the_autofill_names_for_password_managers() {
    let page = Page::open_as_ada("/account", Network::new()).await;
    let new = page.field("New password").await;
    assert_eq!(new.autocomplete(), "new-password");
    assert_eq!(page.field("Current password").await.autocomplete(), "current-password");
    let username = new.form().unwrap().query_selector("[autocomplete=username]").unwrap().unwrap();
    assert_eq!(username.unchecked_into::<HtmlInputElement>().value(), "ada");
}

#[wasm_bindgen_test]
async fn an_expired_session_shows_the_login_form() {
    let network = Network::new();
    network.respond(PUT_PASSWORD, unauthorized());
    network.respond("POST /api/token", unauthorized());
    let page = Page::open_as_ada("/account", network).await;
    page.fill("Current password", "right horse").await;
    page.fill("New password", "a purple kettle").await;
    page.submit("Change password").await;
    page.wait_for("You were logged out. Please log in again.").await;
    page.wait_for("Log in to see your account.").await;
}
