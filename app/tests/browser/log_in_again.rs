//! Logging in again in a dialog, after the session has ended.

use app::storage::drafts;
use shared::problem::ProblemType;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::edit_message::open_board_as_ada;
use crate::support::fixtures::{by_ada, logged_in, message};
use crate::support::network::Network;
use crate::support::page::Page;
use crate::support::responses::{ScriptedResponse, json, no_content, problem, unauthorized};
use crate::support::wait::{field_has_focus, heading_has_focus, settled, wait_until};

const POST: &str = "POST /api/messages";
const LOGIN: &str = "POST /api/login";

fn wrong_login() -> ScriptedResponse {
    problem(401, ProblemType::WrongLogin, None)
}

/// Ada's session has ended. After a login, `line` gets the response.
fn end_session(page: &Page, line: &str, response: ScriptedResponse) {
    page.network.respond_in_turn(line, [unauthorized(), response]);
    page.network.respond("POST /api/token", unauthorized());
    page.network.respond(LOGIN, json(200, &logged_in("ada", "second")));
}

/// Ada submits a dialog, and sees that her session has ended. Her username is filled in.
async fn submit_after_session_end(page: &Page, button: &str) {
    page.submit(button).await;
    page.wait_for("You were logged out. Please log in again.").await;
    field_has_focus("password").await;
    assert_eq!(page.value("Username").await, "ada");
    assert_eq!(page.find("dialog button[type=submit]").len(), 1);
}

async fn ada_writes_hello_after_session_end() -> Page {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.write_message("Hello").await;
    end_session(&page, POST, json(201, &message("2", "Hello")));
    submit_after_session_end(&page, "Post").await;
    page
}

#[wasm_bindgen_test]
async fn one_button_logs_in_and_posts() {
    let page = ada_writes_hello_after_session_end().await;
    page.fill("Password", "right horse").await;
    page.submit("Log in and post").await;
    page.dialog_closes().await;
    assert_eq!(page.network.sent(LOGIN)[1].body, r#"{"username":"ada","password":"right horse"}"#);
    let sent = page.network.sent(POST);
    assert_eq!((sent.len(), sent[1].authorization.as_deref()), (2, Some("Bearer second")));
    assert_eq!(sent[0].idempotency_key, sent[1].idempotency_key);
    heading_has_focus().await;
    page.click("Post a message").await;
    assert_eq!(page.find("dialog button[type=submit]")[0].inner_text(), "Post");
    assert!(!page.shows("Username"));
}

#[wasm_bindgen_test]
async fn a_missing_or_wrong_password_posts_nothing_and_keeps_the_text() {
    let page = ada_writes_hello_after_session_end().await;
    page.submit("Log in and post").await;
    assert_eq!(page.field_error("Password").await.unwrap(), "This can't be empty.");
    assert_eq!(page.network.count(LOGIN), 1, "only the first login");
    page.network.respond(LOGIN, wrong_login());
    page.fill("Password", "wrong horse").await;
    page.submit("Log in and post").await;
    page.wait_for("The username or password is wrong.").await;
    field_has_focus("password").await;
    assert_eq!(
        (page.value("Password").await, page.value("Message").await),
        ("wrong horse".into(), "Hello".into())
    );
    assert_eq!(page.network.count(POST), 1);
    page.network.respond(LOGIN, json(200, &logged_in("ada", "second")));
    page.submit("Log in and post").await;
    page.dialog_closes().await;
}

#[wasm_bindgen_test]
async fn one_button_logs_in_and_saves_an_edit() {
    let page = open_board_as_ada().await;
    page.click("Edit").await;
    page.fill("Message", "Good morning").await;
    end_session(&page, "PATCH /api/messages/2", json(200, &by_ada(message("2", "Good morning"))));
    submit_after_session_end(&page, "Save").await;
    page.fill("Password", "right horse").await;
    page.submit("Log in and save").await;
    page.dialog_closes().await;
    assert!(page.find("article")[0].inner_text().contains("Good morning"));
}

#[wasm_bindgen_test]
async fn one_button_logs_in_and_deletes() {
    let page = open_board_as_ada().await;
    page.click("Delete").await;
    end_session(&page, "DELETE /api/messages/2", no_content());
    submit_after_session_end(&page, "Delete").await;
    page.fill("Password", "right horse").await;
    page.submit("Log in and delete").await;
    wait_until("one message", || page.find("article").len() == 1).await;
    assert!(page.find("dialog").is_empty());
}

#[wasm_bindgen_test]
async fn a_text_is_not_posted_as_another_user() {
    let page = ada_writes_hello_after_session_end().await;
    page.network.respond(LOGIN, json(200, &logged_in("grace", "second")));
    page.fill("Username", "grace").await;
    page.fill("Password", "right horse").await;
    page.submit("Log in and post").await;
    page.wait_for("Grace").await;
    settled().await;
    assert_eq!(page.network.count(POST), 1);
    assert!(page.find("dialog").is_empty());
    assert!(drafts::find(Some("ada"), "/api/messages").is_some());
}
