//! The sign-up page.

use leptos::prelude::window;
use shared::problem::ProblemType;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::logged_in;
use crate::support::network::Network;
use crate::support::page::{Page, focused};
use crate::support::responses::{ScriptedResponse, json, network_error, problem};
use crate::support::wait::{drawn, field_has_focus, settled, wait_until};

const SIGN_UP: &str = "POST /api/signup";
const LOGIN: &str = "POST /api/login";

async fn sign_up(username: &str, name: &str, password: &str, response: ScriptedResponse) -> Page {
    let network = Network::new();
    network.respond(SIGN_UP, response);
    let page = Page::open("/signup", network).await;
    page.submit_sign_up(username, name, password).await;
    page
}

fn signed_up() -> ScriptedResponse {
    json(201, &logged_in("ada", "first"))
}

fn username_taken() -> ScriptedResponse {
    problem(409, ProblemType::UsernameTaken, Some("username"))
}

fn current_path() -> String {
    window().location().pathname().unwrap()
}

#[wasm_bindgen_test]
async fn signing_up_logs_in_and_shows_the_messages() {
    let page = sign_up("Ada", " Ada Lovelace ", "a right horse", signed_up()).await;
    page.wait_for("Messages").await;
    page.wait_for("Post a message").await;
    let sent = &page.network.sent(SIGN_UP)[0];
    assert_eq!(sent.body, r#"{"username":"ada","password":"a right horse","name":"Ada Lovelace"}"#);
    assert_eq!(current_path(), "/");
}

#[wasm_bindgen_test]
async fn invalid_values_are_shown_at_their_fields_and_not_sent() {
    let page = sign_up("u-ada", "", "short", signed_up()).await;
    assert_eq!(page.field_error("Username").await.unwrap(), "A username can't start with u-.");
    assert_eq!(page.field_error("Name").await.unwrap(), "This can't be empty.");
    assert_eq!(page.field_error("Password").await.unwrap(), "Use at least 8 characters.");
    assert_eq!(focused().get_attribute("name").unwrap(), "username");
    assert_eq!(page.network.count(SIGN_UP), 0);
}

#[wasm_bindgen_test]
async fn typing_removes_the_error_of_a_field() {
    let page = sign_up("Ada Lovelace", "Ada", "a right horse", signed_up()).await;
    assert!(page.field_error("Username").await.unwrap().contains("Use only a–z, 0–9"));
    page.fill("Username", "ada").await;
    wait_until("the error to disappear", || !page.shows("Use only a–z, 0–9, _ and -.")).await;
    assert_eq!(page.field_error("Username").await, None);
    page.submit("Sign up").await;
    page.wait_for("Post a message").await;
}

#[wasm_bindgen_test]
async fn the_hint_changes_while_typing_and_the_error_appears_when_the_user_leaves_the_field() {
    let page = Page::open("/signup", Network::new()).await;
    page.fill("Password", "right").await;
    wait_until("the hint", || page.shows("3 more characters needed.")).await;
    assert_eq!(page.field_error("Password").await, None, "the user is still typing");
    page.leave_field("Password").await;
    assert_eq!(page.field_error("Password").await.unwrap(), "Use at least 8 characters.");
    page.fill("Password", "right h").await;
    wait_until("the hint", || page.shows("1 more character needed.")).await;
    assert_eq!(page.field_error("Password").await, None);
    page.fill("Password", "right horse").await;
    page.leave_field("Password").await;
    page.fill("Username", "Ada Lovelace").await;
    page.leave_field("Username").await;
    assert!(page.field_error("Username").await.unwrap().contains("Use only a–z, 0–9"));
    page.leave_field("Name").await;
    assert_eq!(page.field_error("Name").await, None, "the user has not typed into this field yet");
}

#[wasm_bindgen_test]
async fn the_hint_of_the_password_claims_only_that_the_length_is_valid() {
    let page = Page::open("/signup", Network::new()).await;
    assert_eq!(page.hint("Password").await, "At least 8 characters. A few unusual words work well.");
    page.fill("Password", "password").await;
    wait_until("the mark", || !page.find("#sign-up-password-hint.valid").is_empty()).await;
    assert_eq!(page.hint("Password").await, "Long enough. A few unusual words work well.");
    page.fill("Username", "ada").await;
    wait_until("the mark", || !page.find("#sign-up-username-hint.valid").is_empty()).await;
    assert!(page.hint("Username").await.starts_with("You log in with this."));
}

#[wasm_bindgen_test]
async fn the_password_can_be_shown_and_hidden_again() {
    let page = Page::open("/signup", Network::new()).await;
    page.fill("Password", "right horse").await;
    let button = page.find("button[aria-label='Show password']").remove(0);
    for (pressed, kind) in [("true", "text"), ("false", "password")] {
        button.click();
        drawn().await;
        assert_eq!(button.get_attribute("aria-pressed").unwrap(), pressed);
        assert_eq!(page.field("Password").await.type_(), kind);
        assert_eq!(page.value("Password").await, "right horse");
    }
    assert_eq!(page.network.count(SIGN_UP), 0);
}

#[wasm_bindgen_test]
async fn a_taken_username_is_shown_at_its_field_and_keeps_the_other_values() {
    let page = sign_up("ada", "Ada", "a right horse", username_taken()).await;
    page.wait_for("This username is taken.").await;
    assert!(page.field_error("Username").await.unwrap().contains("is taken"));
    assert_eq!(page.field_error("Password").await, None);
    assert_eq!(page.value("Password").await, "a right horse");
    field_has_focus("username").await;
}

#[wasm_bindgen_test]
async fn a_weak_password_is_shown_at_its_field() {
    let weak = problem(422, ProblemType::WeakPassword, Some("password"));
    let page = sign_up("ada", "Ada", "password1", weak).await;
    page.wait_for("too easy to guess").await;
    assert!(page.field_error("Password").await.is_some());
}

#[wasm_bindgen_test]
async fn an_error_without_a_field_is_shown_for_the_form() {
    let page = sign_up("ada", "Ada", "a right horse", problem(500, ProblemType::Internal, None)).await;
    page.wait_for("Something went wrong on our side.").await;
    assert_eq!(page.field_error("Username").await, None);
    assert_eq!(page.value("Username").await, "ada");
}

#[wasm_bindgen_test]
async fn retrying_a_sign_up_whose_response_was_lost_logs_in() {
    let page = sign_up("ada", "Ada", "a right horse", network_error()).await;
    page.wait_for("can't be reached").await;
    page.network.respond(SIGN_UP, username_taken());
    page.network.respond(LOGIN, json(200, &logged_in("ada", "first")));
    page.submit("Retry").await;
    page.wait_for("Post a message").await;
    assert_eq!(page.network.sent(LOGIN)[0].body, r#"{"username":"ada","password":"a right horse"}"#);
}

#[wasm_bindgen_test]
async fn a_username_of_another_user_is_taken_even_after_a_lost_response() {
    let page = sign_up("ada", "Ada", "a right horse", network_error()).await;
    page.wait_for("can't be reached").await;
    page.network.respond(SIGN_UP, username_taken());
    page.network.respond(LOGIN, problem(401, ProblemType::WrongLogin, None));
    page.submit("Retry").await;
    page.wait_for("This username is taken.").await;
    assert!(page.field_error("Username").await.is_some());
}

#[wasm_bindgen_test]
async fn a_taken_username_does_not_cause_a_login() {
    let page = sign_up("ada", "Ada", "a right horse", username_taken()).await;
    page.wait_for("This username is taken.").await;
    settled().await;
    assert_eq!(page.network.count(LOGIN), 0);
}

#[wasm_bindgen_test]
async fn the_previous_page_is_shown_after_the_sign_up() {
    let network = Network::new();
    network.respond(SIGN_UP, signed_up());
    let page = Page::open("/wishes", network).await;
    page.click("Sign up").await;
    page.submit_sign_up("ada", "Ada", "a right horse").await;
    page.wait_for("Add a wish").await;
    assert_eq!(current_path(), "/wishes");
}

#[wasm_bindgen_test]
async fn the_next_parameter_cannot_lead_to_another_site() {
    for next in [
        "//evil.example",
        "/%5Cevil.example",
        "%2F%2Fevil.example",
        "https:%2F%2Fevil.example",
        "javascript:alert(1)",
        "/u/ada%0A",
        "%09/wishes",
        "/%09/evil.example",
        "wishes",
        "",
        "/signup",
        "/nowhere",
    ] {
        let page = Page::open_as_ada(&format!("/signup?next={next}"), Network::new()).await;
        page.wait_for("Post a message").await;
        let location = window().location();
        assert_eq!(
            (location.pathname().unwrap(), location.search().unwrap()),
            ("/".to_owned(), String::new())
        );
    }
}

#[wasm_bindgen_test]
async fn a_logged_in_user_is_redirected() {
    let mut page = Page::open_as_ada("/u/ada", Network::new()).await;
    let history = window().history().unwrap();
    history.replace_state_with_url(&JsValue::NULL, "", Some("/signup?next=/wishes")).unwrap();
    page.reload().await;
    page.wait_for("Add a wish").await;
    assert_eq!(current_path(), "/wishes");
}
