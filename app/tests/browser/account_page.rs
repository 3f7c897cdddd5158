//! The account page: who sees it, and the name.

use leptos::prelude::document;
use shared::account::User;
use shared::problem::Kind;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::network::{Network, gate, json, logged_in, offline, problem, user};
use crate::page::{Page, eventually, focused};

const ME: &str = "PATCH /api/me";

fn renamed(name: &str) -> User {
    User { name: name.to_owned(), ..user("ada") }
}

async fn ada_renames_herself(name: &str, network: Network) -> Page {
    let page = Page::open_as_ada("/account", network).await;
    page.fill("Your name", name).await;
    page.submit("Save name").await;
    page
}

#[wasm_bindgen_test]
async fn the_menu_leads_to_the_account() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.click("Ada").await;
    page.click("Account").await;
    page.sees("@ada").await;
    assert_eq!(document().title(), "Account · Wishboard");
    eventually("focus on the heading", || focused().tag_name() == "H1").await;
    assert!(!page.shows("Log out"), "the menu is closed");
    let headings: Vec<String> = page.find("h2").iter().map(|heading| heading.inner_text()).collect();
    assert_eq!(
        headings,
        ["Name", "Change password", "Where you are logged in", "Your data", "Delete account"]
    );
}

#[wasm_bindgen_test]
async fn a_guest_is_asked_to_log_in_and_then_sees_the_account() {
    let network = Network::new();
    network.answer("POST /api/login", json(200, &logged_in("ada", "first")));
    let page = Page::open("/account", network);
    page.sees("Log in to see your account.").await;
    assert!(!page.shows("Delete account"));
    page.fill("Username", "ada").await;
    page.fill("Password", "right horse").await;
    page.submit("Log in").await;
    page.sees("Delete account").await;
    assert!(page.shows("@ada"));
}

#[wasm_bindgen_test]
async fn a_new_name_is_in_the_bar_at_once_and_after_a_reload() {
    let network = Network::new();
    network.answer(ME, json(200, &renamed("Countess Ada")));
    let mut page = ada_renames_herself(" Countess Ada ", network).await;
    page.sees("Saved").await;
    eventually("the name", || page.find(".bar-name")[0].inner_text() == "Countess Ada").await;
    assert_eq!(page.find("[role=status] .news")[0].inner_text(), "Saved");
    let sent = &page.network.sent(ME)[0];
    assert_eq!(sent.body, r#"{"name":"Countess Ada"}"#);
    assert_eq!(sent.authorization.as_deref(), Some("Bearer first"));
    page.reload();
    page.sees("Countess Ada").await;
    assert_eq!(page.typed("Your name").await, "Countess Ada");
}

#[wasm_bindgen_test]
async fn a_name_that_breaks_a_rule_is_not_sent() {
    let page = ada_renames_herself("  ", Network::new()).await;
    assert_eq!(page.fault("Your name").await.unwrap(), "Please fill this in.");
    assert_eq!(page.network.count(ME), 0);
}

#[wasm_bindgen_test]
async fn what_the_server_says_about_the_name_is_told_at_its_field() {
    let network = Network::new();
    network.answer(ME, problem(422, Kind::Invalid, Some("name")));
    let page = ada_renames_herself("Ada B", network).await;
    page.sees("Told by the server.").await;
    assert!(page.fault("Your name").await.is_some());
}

#[wasm_bindgen_test]
async fn without_a_network_the_name_stays_typed_and_can_be_sent_again() {
    let network = Network::new();
    network.answers(ME, [offline(), json(200, &renamed("Ada B"))]);
    let page = ada_renames_herself("Ada B", network).await;
    page.sees("can't be reached").await;
    assert_eq!(page.typed("Your name").await, "Ada B");
    page.submit("Retry").await;
    page.sees("Saved").await;
    assert!(!page.shows("can't be reached"));
}

#[wasm_bindgen_test]
async fn who_logs_out_meanwhile_stays_logged_out() {
    let (kept, keep) = gate();
    let network = Network::new();
    network.answer(ME, json(200, &renamed("Ada B")).after(&kept));
    network.answer("POST /api/logout", crate::network::nothing());
    let page = ada_renames_herself("Ada B", network).await;
    page.click("Ada").await;
    page.click("Log out").await;
    keep.call0(&kept).unwrap();
    page.sees("Log in to see your account.").await;
    assert!(!page.shows("Ada B"));
}
