//! Changing the password.

use shared::problem::Kind;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::network::{Answer, Network, not_logged_in, nothing, problem};
use crate::page::{Page, drawn, eventually, focused};

const PASSWORD: &str = "PUT /api/me/password";

async fn ada_changes(current: &str, new: &str, answer: Answer) -> Page {
    let network = Network::new();
    network.answer(PASSWORD, answer);
    let page = Page::open_as_ada("/account", network).await;
    page.fill("Current password", current).await;
    page.fill("New password", new).await;
    page.submit("Change password").await;
    page
}

#[wasm_bindgen_test]
async fn a_new_password_is_told_to_have_ended_the_other_logins() {
    let page = ada_changes("right horse", "a purple kettle", nothing()).await;
    page.sees("All your other logins have been ended.").await;
    let sent = &page.network.sent(PASSWORD)[0];
    assert_eq!(sent.body, r#"{"current":"right horse","new":"a purple kettle"}"#);
    assert_eq!(page.typed("Current password").await, "");
    assert_eq!(page.typed("New password").await, "");
    assert!(page.shows("Ada"), "this login goes on");
    eventually("the logins anew", || page.network.count("GET /api/me/sessions") == 2).await;
}

#[wasm_bindgen_test]
async fn a_wrong_current_password_is_told_at_its_field_and_all_stays_typed() {
    let wrong = problem(422, Kind::WrongPassword, Some("current"));
    let page = ada_changes("wrong horse", "a purple kettle", wrong).await;
    page.sees("This is not your password.").await;
    assert!(page.fault("Current password").await.is_some());
    assert_eq!(page.fault("New password").await, None);
    assert_eq!(page.typed("New password").await, "a purple kettle");
    eventually("focus", || focused().get_attribute("name").as_deref() == Some("current")).await;
}

#[wasm_bindgen_test]
async fn a_weak_new_password_is_told_at_its_field() {
    let weak = problem(422, Kind::WeakPassword, Some("new"));
    let page = ada_changes("right horse", "password1", weak).await;
    page.sees("too easy to guess").await;
    assert!(page.fault("New password").await.is_some());
    assert_eq!(page.fault("Current password").await, None);
}

#[wasm_bindgen_test]
async fn what_breaks_a_rule_is_not_sent() {
    let page = ada_changes("", "short", nothing()).await;
    assert_eq!(page.fault("Current password").await.unwrap(), "Please fill this in.");
    assert_eq!(page.fault("New password").await.unwrap(), "Please use at least 8 characters.");
    assert_eq!(page.network.count(PASSWORD), 0);
}

#[wasm_bindgen_test]
async fn each_password_is_shown_by_a_button_of_its_own() {
    let page = Page::open_as_ada("/account", Network::new()).await;
    page.reveal("Show new password").click();
    drawn().await;
    assert_eq!(page.field("New password").await.type_(), "text");
    assert_eq!(page.field("Current password").await.type_(), "password");
}

#[wasm_bindgen_test]
async fn password_managers_find_what_they_look_for() {
    let page = Page::open_as_ada("/account", Network::new()).await;
    let new = page.field("New password").await;
    assert_eq!(new.autocomplete(), "new-password");
    assert_eq!(page.field("Current password").await.autocomplete(), "current-password");
    let username = new.form().unwrap().query_selector("[autocomplete=username]").unwrap().unwrap();
    assert_eq!(username.unchecked_into::<HtmlInputElement>().value(), "ada");
}

#[wasm_bindgen_test]
async fn a_login_that_has_ended_is_told() {
    let network = Network::new();
    network.answer(PASSWORD, not_logged_in());
    network.answer("POST /api/token", not_logged_in());
    let page = Page::open_as_ada("/account", network).await;
    page.fill("Current password", "right horse").await;
    page.fill("New password", "a purple kettle").await;
    page.submit("Change password").await;
    page.sees("Your login has ended.").await;
    page.sees("Log in to see your account.").await;
}
