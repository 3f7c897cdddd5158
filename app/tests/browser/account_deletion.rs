//! Deleting the account.

use app::draft::{self, Draft};
use leptos::prelude::window;
use shared::problem::Kind;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::network::{Answer, Network, gate, more, nothing, offline, problem, too_many_tries};
use crate::page::{Page, drawn, eventually, focused};

const DELETE: &str = "POST /api/me/delete";

async fn ada_deletes(password: &str, answers: impl IntoIterator<Item = Answer>) -> Page {
    let network = Network::new();
    network.answers(DELETE, answers);
    let page = Page::open_as_ada("/account", network).await;
    page.click("Delete my account").await;
    page.sees("nobody can take it, not even you").await;
    page.fill("Password", password).await;
    page.submit("Delete").await;
    page
}

#[wasm_bindgen_test]
async fn an_account_is_deleted_and_nothing_is_left_in_the_browser() {
    let half = || Draft {
        place: "/api/messages".to_owned(),
        fields: vec!["Half a thought".to_owned()],
        ..Draft::default()
    };
    draft::keep(Some("ada"), half());
    draft::keep(Some("grace"), half());
    let mut page = ada_deletes("right horse", [nothing()]).await;
    page.sees("Your account was deleted.").await;
    page.sees("No messages yet").await;
    assert_eq!(window().location().pathname().unwrap(), "/");
    assert!(page.shows("Log in"));
    assert_eq!(draft::find(Some("ada"), "/api/messages"), None);
    assert_eq!(draft::find(Some("grace"), "/api/messages"), Some(half()), "that is hers");
    assert_eq!(page.network.sent(DELETE)[0].body, r#"{"password":"right horse"}"#);
    page.reload();
    page.sees("Log in").await;
    assert!(!page.shows("Ada"));
}

#[wasm_bindgen_test]
async fn much_is_deleted_in_parts() {
    let (kept, keep) = gate();
    let page = ada_deletes("right horse", [more(), more().after(&kept), nothing()]).await;
    page.sees("Some of it is gone already.").await;
    assert!(page.shows("Deleting…"));
    assert_eq!(page.network.count(DELETE), 2);
    keep.call0(&kept).unwrap();
    page.sees("Your account was deleted.").await;
    assert_eq!(page.network.count(DELETE), 3);
}

#[wasm_bindgen_test]
async fn after_a_failure_it_goes_on_where_it_was() {
    let page = ada_deletes("right horse", [more(), offline(), nothing()]).await;
    page.sees("can't be reached").await;
    assert!(page.shows("delete once more to go on"));
    assert_eq!(page.typed("Password").await, "right horse");
    page.submit("Retry").await;
    page.sees("Your account was deleted.").await;
}

#[wasm_bindgen_test]
async fn a_wrong_password_is_told_at_its_field() {
    let page = ada_deletes("wrong horse", [problem(422, Kind::WrongPassword, Some("password"))]).await;
    page.sees("This is not your password.").await;
    eventually("focus", || focused().get_attribute("name").as_deref() == Some("password")).await;
    assert!(page.shows("Ada"), "nothing has happened");
}

#[wasm_bindgen_test]
async fn without_a_password_nothing_is_sent() {
    let page = ada_deletes("", [nothing()]).await;
    page.sees("Please fill this in.").await;
    assert_eq!(page.network.count(DELETE), 0);
}

#[wasm_bindgen_test]
async fn too_many_tries_are_waited_for() {
    let page = ada_deletes("right horse", [too_many_tries(1), nothing()]).await;
    page.sees("Please wait 0:01.").await;
    page.sees("You can try again now.").await;
    page.submit("Delete").await;
    page.sees("Your account was deleted.").await;
}

#[wasm_bindgen_test]
async fn whoever_thinks_better_of_it_leaves_no_password_behind() {
    let page = ada_deletes("wrong horse", [problem(422, Kind::WrongPassword, Some("password"))]).await;
    page.sees("This is not your password.").await;
    page.click("Cancel").await;
    assert!(page.find("dialog").is_empty());
    page.click("Delete my account").await;
    drawn().await;
    assert_eq!(page.typed("Password").await, "");
    assert!(!page.shows("This is not your password."));
}

#[wasm_bindgen_test]
async fn nobody_else_is_deleted() {
    let (kept, keep) = gate();
    let page = ada_deletes("right horse", [more().after(&kept), nothing()]).await;
    crate::session::grace_logs_in_in_another_tab();
    keep.call0(&kept).unwrap();
    page.sees("@grace").await;
    drawn().await;
    assert_eq!(page.network.count(DELETE), 1);
    assert!(!page.shows("Your account was deleted."));
}
