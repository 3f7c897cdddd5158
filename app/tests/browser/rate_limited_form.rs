//! Too many tries: the form waits as long as the server says.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::network::{Network, json, logged_in, nothing, problem, too_many_tries};
use crate::page::{Page, eventually, focused};

async fn a_guest_tries_to_log_in(network: Network) -> Page {
    let page = Page::open("/", network);
    page.click("Log in").await;
    page.fill("Username", "ada").await;
    page.fill("Password", "right horse").await;
    page.submit("Log in").await;
    page
}

fn button(page: &Page) -> web_sys::HtmlElement {
    page.find("button[type=submit]").remove(0)
}

#[wasm_bindgen_test]
async fn the_seconds_are_counted_and_then_it_can_be_sent_again() {
    let network = Network::new();
    network.answers("POST /api/login", [too_many_tries(2), json(200, &logged_in("ada", "first"))]);
    let page = a_guest_tries_to_log_in(network).await;
    page.sees("Please wait 0:02.").await;
    assert!(button(&page).has_attribute("aria-disabled"));
    eventually("the focus", || focused().get_attribute("role").as_deref() == Some("timer")).await;
    page.sees("Please wait 0:01.").await;
    page.sees("You can try again now.").await;
    assert!(!page.shows("Please wait"));
    assert!(!button(&page).has_attribute("aria-disabled"));
    eventually("the focus", || focused().tag_name() == "BUTTON").await;
    assert_eq!(page.typed("Password").await, "right horse");
    page.submit("Log in").await;
    page.sees("Ada").await;
}

#[wasm_bindgen_test]
async fn a_waiting_form_is_not_sent_by_enter_either() {
    let network = Network::new();
    network.answer("POST /api/login", too_many_tries(272));
    let page = a_guest_tries_to_log_in(network).await;
    page.sees("Please wait 4:32.").await;
    page.submit("Log in").await;
    let form = page.field("Username").await.form().unwrap();
    let submit = web_sys::SubmitEvent::new("submit").unwrap();
    form.dispatch_event(&submit).unwrap();
    assert_eq!(page.network.count("POST /api/login"), 1);
    page.fill("Username", "grace").await;
    assert!(page.shows("Too many attempts."), "still so");
}

#[wasm_bindgen_test]
async fn what_is_announced_stays_the_same_while_the_seconds_go_by() {
    let network = Network::new();
    network.answer("POST /api/login", too_many_tries(60));
    let page = a_guest_tries_to_log_in(network).await;
    page.sees("Please wait 1:00.").await;
    let announced = page.find("form [role=status]").remove(0);
    assert_eq!(announced.inner_text(), "Too many attempts.");
    page.sees("Please wait 0:59.").await;
    assert_eq!(announced.inner_text(), "Too many attempts.");
}

#[wasm_bindgen_test]
async fn another_username_need_not_wait() {
    let network = Network::new();
    network.answers("POST /api/login", [too_many_tries(272), json(200, &logged_in("grace", "hers"))]);
    let page = a_guest_tries_to_log_in(network).await;
    page.sees("Please wait 4:32.").await;
    page.fill("Username", "grace").await;
    eventually("no waiting", || !page.shows("Please wait")).await;
    page.submit("Log in").await;
    page.sees("Grace").await;
}

#[wasm_bindgen_test]
async fn signing_up_and_changing_the_password_wait_as_well() {
    let network = Network::new();
    network.answer("POST /api/signup", too_many_tries(3599));
    let page = Page::open("/signup", network);
    page.fill("Username", "ada").await;
    page.fill("Name", "Ada").await;
    page.fill("Password", "right horse").await;
    page.submit("Sign up").await;
    page.sees("Please wait 59:59.").await;
    assert_eq!(page.typed("Password").await, "right horse");
    drop(page);

    let network = Network::new();
    network.answers("PUT /api/me/password", [too_many_tries(1), nothing()]);
    let page = Page::open_as_ada("/account", network).await;
    page.fill("Current password", "right horse").await;
    page.fill("New password", "a purple kettle").await;
    page.submit("Change password").await;
    page.sees("Please wait 0:01.").await;
    page.sees("You can try again now.").await;
    page.submit("Change password").await;
    page.sees("Your password is changed.").await;
}

#[wasm_bindgen_test]
async fn a_gateway_that_names_no_time_leaves_it_to_the_person() {
    let network = Network::new();
    let bare = json(429, &serde_json::json!({"message": "Too Many Requests"}));
    network.answers("POST /api/login", [bare, json(200, &logged_in("ada", "first"))]);
    let page = a_guest_tries_to_log_in(network).await;
    page.sees("Too many attempts. Please wait a little.").await;
    page.submit("Log in").await;
    page.sees("Ada").await;
}

#[wasm_bindgen_test]
async fn a_busy_server_is_told_and_the_form_can_be_sent_again_at_once() {
    let network = Network::new();
    let busy = problem(503, shared::problem::Kind::Unavailable, None).retry_after(2);
    network.answers("POST /api/login", [busy, json(200, &logged_in("ada", "first"))]);
    let page = a_guest_tries_to_log_in(network).await;
    page.sees("Please try again in a moment.").await;
    assert_eq!(page.typed("Password").await, "right horse");
    page.submit("Retry").await;
    page.sees("Ada").await;
}
