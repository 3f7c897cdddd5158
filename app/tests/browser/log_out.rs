//! Logging out online and offline, and the next login.

use shared::problem::ProblemType;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::logged_in;
use crate::support::gate::Gate;
use crate::support::network::Network;
use crate::support::other_tab::browser_goes_online;
use crate::support::page::{Page, focused};
use crate::support::responses::{html, json, network_error, no_content, problem};
use crate::support::wait::{heading_has_focus, settled, wait_until};

const LOGOUT: &str = "POST /api/logout";

async fn ada_logs_out_offline() -> Page {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.network.respond(LOGOUT, network_error());
    page.log_out_ada().await;
    page.wait_for("You're logged out here, but the server can't be reached.").await;
    page
}

#[wasm_bindgen_test]
async fn a_logout_shows_the_guest_menu_and_is_sent() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.network.respond(LOGOUT, no_content());
    page.log_out_ada().await;
    page.wait_for("Log in").await;
    settled().await;
    let sent = page.network.sent(LOGOUT);
    assert_eq!(sent[0].authorization.as_deref(), Some("Bearer first"));
    assert!(!page.shows("You're logged out here, but the server can't be reached."));
    assert_eq!(focused().text_content().unwrap(), "Log in");
}

#[wasm_bindgen_test]
async fn an_offline_logout_shows_a_notice_that_can_be_dismissed() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.network.respond(LOGOUT, network_error());
    page.log_out_ada().await;
    page.wait_for("You're logged out here, but the server can't be reached.").await;
    assert!(page.shows("Log in"));
    page.click("Dismiss").await;
    assert!(!page.shows("You're logged out here, but the server can't be reached."));
    heading_has_focus().await;
}

#[wasm_bindgen_test]
async fn a_pending_logout_is_sent_once_when_the_browser_goes_online() {
    let page = ada_logs_out_offline().await;
    assert!(page.shows("Log in"));
    page.network.respond(LOGOUT, no_content());
    browser_goes_online();
    wait_until("the notice to disappear", || {
        !page.shows("You're logged out here, but the server can't be reached.")
    })
    .await;
    let sent = page.network.sent(LOGOUT);
    assert_eq!(sent[1].authorization, None, "the cookie identifies the session; the token was not stored");
    browser_goes_online();
    settled().await;
    assert_eq!(page.network.count(LOGOUT), 2);
}

#[wasm_bindgen_test]
async fn a_pending_logout_is_sent_after_a_reload() {
    let mut page = ada_logs_out_offline().await;
    page.network.respond(LOGOUT, no_content());
    page.reload().await;
    wait_until("the logout", || page.network.count(LOGOUT) == 2).await;
    page.reload().await;
    page.wait_for("No messages yet").await;
    settled().await;
    assert_eq!(page.network.count(LOGOUT), 2);
}

#[wasm_bindgen_test]
async fn a_logout_is_retried_after_a_503() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.network.respond_in_turn(LOGOUT, [problem(503, ProblemType::Unavailable, None), no_content()]);
    page.log_out_ada().await;
    page.wait_for("You're logged out here, but the server can't be reached.").await;
    browser_goes_online();
    wait_until("the notice to disappear", || {
        !page.shows("You're logged out here, but the server can't be reached.")
    })
    .await;
}

#[wasm_bindgen_test]
async fn only_the_response_of_the_api_ends_a_logout() {
    let failures = [
        problem(403, ProblemType::CrossSite, None),
        problem(404, ProblemType::NotFound, None),
        html(407),
        html(200),
    ];
    for failure in failures {
        let mut page = Page::open_as_ada("/", Network::new()).await;
        page.network.respond(LOGOUT, failure);
        page.log_out_ada().await;
        page.wait_for("You're logged out here, but the server can't be reached.").await;
        page.network.respond(LOGOUT, no_content());
        page.reload().await;
        wait_until("the second attempt", || page.network.count(LOGOUT) == 2).await;
    }
}

#[wasm_bindgen_test]
async fn the_next_login_waits_for_the_pending_logout() {
    let page = ada_logs_out_offline().await;
    let gate = Gate::new();
    page.network.respond(LOGOUT, no_content().behind(&gate));
    page.network.respond("POST /api/login", json(200, &logged_in("grace", "graces")));
    page.log_in("grace", "right horse").await;
    settled().await;
    assert_eq!(page.network.count("POST /api/login"), 1, "only Ada's login so far");
    gate.open();
    page.wait_for("Grace").await;
    browser_goes_online();
    settled().await;
    assert_eq!(page.network.count(LOGOUT), 2, "Grace is not logged out");
    assert!(page.shows("Grace"));
}
