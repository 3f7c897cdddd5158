//! The wait of a form after too many attempts. The server decides how long it is.

use shared::problem::ProblemType;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlElement, SubmitEvent};

use crate::support::fixtures::{by_ada, logged_in, message, wish};
use crate::support::network::Network;
use crate::support::page::{Page, focused};
use crate::support::responses::{json, no_content, problem, rate_limited};
use crate::support::wait::{settled, wait_until};

const LOGIN: &str = "POST /api/login";

async fn a_guest_tries_to_log_in(network: Network) -> Page {
    let page = Page::open("/", network).await;
    page.log_in("ada", "right horse").await;
    page
}

fn submit_button(page: &Page) -> HtmlElement {
    page.find("button[type=submit]").remove(0)
}

#[wasm_bindgen_test]
async fn the_form_counts_down_and_can_then_be_submitted() {
    let network = Network::new();
    network.respond_in_turn(LOGIN, [rate_limited(2), json(200, &logged_in("ada", "first"))]);
    let page = a_guest_tries_to_log_in(network).await;
    page.wait_for("Please wait 0:02.").await;
    assert!(submit_button(&page).has_attribute("aria-disabled"));
    wait_until("focus on the countdown", || focused().get_attribute("role").as_deref() == Some("timer"))
        .await;
    page.wait_for("Please wait 0:01.").await;
    page.wait_for("You can try again now.").await;
    assert!(!page.shows("Please wait"));
    assert!(!submit_button(&page).has_attribute("aria-disabled"));
    wait_until("focus on the button", || focused().tag_name() == "BUTTON").await;
    assert_eq!(page.value("Password").await, "right horse");
    page.submit("Log in").await;
    page.wait_for("Ada").await;
}

#[wasm_bindgen_test]
async fn a_waiting_form_cannot_be_submitted_with_enter() {
    let network = Network::new();
    network.respond(LOGIN, rate_limited(272));
    let page = a_guest_tries_to_log_in(network).await;
    page.wait_for("Please wait 4:32.").await;
    page.submit("Log in").await;
    let form = page.field("Username").await.form().unwrap();
    form.dispatch_event(&SubmitEvent::new("submit").unwrap()).unwrap();
    settled().await;
    assert_eq!(page.network.count(LOGIN), 1);
    page.fill("Password", "another horse").await;
    settled().await;
    assert!(page.shows("Too many attempts."), "another password does not end the wait");
}

#[wasm_bindgen_test]
async fn the_countdown_does_not_change_the_announced_text() {
    let network = Network::new();
    network.respond(LOGIN, rate_limited(60));
    let page = a_guest_tries_to_log_in(network).await;
    page.wait_for("Please wait 1:00.").await;
    let announced = page.find("form [role=status]").remove(0);
    assert_eq!(announced.inner_text(), "Too many attempts.");
    page.wait_for("Please wait 0:59.").await;
    assert_eq!(announced.inner_text(), "Too many attempts.");
}

#[wasm_bindgen_test]
async fn another_username_ends_the_wait() {
    let network = Network::new();
    network.respond_in_turn(LOGIN, [rate_limited(272), json(200, &logged_in("grace", "graces"))]);
    let page = a_guest_tries_to_log_in(network).await;
    page.wait_for("Please wait 4:32.").await;
    page.fill("Username", "grace").await;
    wait_until("the countdown to disappear", || !page.shows("Please wait")).await;
    page.submit("Log in").await;
    page.wait_for("Grace").await;
}

#[wasm_bindgen_test]
async fn sign_up_and_password_forms_also_count_down() {
    let network = Network::new();
    network.respond("POST /api/signup", rate_limited(3599));
    let page = Page::open("/signup", network).await;
    page.submit_sign_up("ada", "Ada", "right horse").await;
    page.wait_for("Please wait 59:59.").await;
    assert_eq!(page.value("Password").await, "right horse");
    drop(page);

    let network = Network::new();
    network.respond_in_turn("PUT /api/me/password", [rate_limited(1), no_content()]);
    let page = Page::open_as_ada("/account", network).await;
    page.fill("Current password", "right horse").await;
    page.fill("New password", "a purple kettle").await;
    page.submit("Change password").await;
    page.wait_for("Please wait 0:01.").await;
    page.wait_for("You can try again now.").await;
    page.submit("Change password").await;
    page.wait_for("Password changed.").await;
}

#[wasm_bindgen_test]
async fn the_editor_counts_down_and_keeps_text_and_idempotency_key() {
    for (path, list, button, field) in
        [("/", "messages", "Post a message", "Message"), ("/u/ada", "wishes", "Add a wish", "Wish")]
    {
        let network = Network::new();
        let create = format!("POST /api/{list}");
        let created = match list {
            "messages" => json(201, &by_ada(message("2", "Hello from Ada"))),
            _ => json(201, &wish("2", "Hello from Ada")),
        };
        network.respond_in_turn(&create, [rate_limited(2), created]);
        let page = Page::open_as_ada(path, network).await;
        page.click(button).await;
        page.fill(field, "Hello from Ada").await;
        let submit = page.find("dialog button[type=submit]").remove(0);
        submit.click();
        page.wait_for("Please wait 0:02.").await;
        assert!(submit.has_attribute("aria-disabled"));
        submit.click();
        page.wait_for("Please wait 0:01.").await;
        assert_eq!(page.network.count(&create), 1, "nothing is sent before the wait is over");
        page.click("Cancel").await;
        page.click(button).await;
        page.wait_for("You can try again now.").await;
        assert_eq!(page.value(field).await, "Hello from Ada");
        page.find("dialog button[type=submit]").remove(0).click();
        wait_until("the post", || !page.find("article").is_empty()).await;
        let sent = page.network.sent(&create);
        assert_eq!(sent[0].idempotency_key, sent[1].idempotency_key, "both requests create the same post");
    }
}

#[wasm_bindgen_test]
async fn a_429_without_retry_after_starts_no_countdown() {
    let network = Network::new();
    let without_header = json(429, &serde_json::json!({"message": "Too Many Requests"}));
    network.respond_in_turn(LOGIN, [without_header, json(200, &logged_in("ada", "first"))]);
    let page = a_guest_tries_to_log_in(network).await;
    page.wait_for("Too many attempts. Please wait a moment.").await;
    page.submit("Log in").await;
    page.wait_for("Ada").await;
}

#[wasm_bindgen_test]
async fn a_503_can_be_retried_immediately() {
    let network = Network::new();
    let busy = problem(503, ProblemType::Unavailable, None).retry_after(2);
    network.respond_in_turn(LOGIN, [busy, json(200, &logged_in("ada", "first"))]);
    let page = a_guest_tries_to_log_in(network).await;
    page.wait_for("Please try again in a moment.").await;
    assert_eq!(page.value("Password").await, "right horse");
    page.submit("Retry").await;
    page.wait_for("Ada").await;
}
