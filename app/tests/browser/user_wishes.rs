//! The wish list of one user, and the list of all wishes, which links to it.

use leptos::prelude::{document, window};
use shared::problem::ProblemType;
use shared::wishes::Wish;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::{by_grace, wish};
use crate::support::network::Network;
use crate::support::page::Page;
use crate::support::responses::{problem, wishes};
use crate::support::wait::wait_until;

const ADAS_LIST: &str = "GET /api/users/ada/wishes";
const GRACES_LIST: &str = "GET /api/users/grace/wishes";

#[wasm_bindgen_test]
async fn each_wish_links_to_its_owners_list() {
    let network = Network::new();
    network
        .respond("GET /api/wishes", wishes(&[by_grace(wish("2", "A boat")), wish("1", "A telescope")], None));
    network.respond(GRACES_LIST, wishes(&[by_grace(wish("2", "A boat"))], None));
    let page = Page::open("/", network).await;
    page.click("Wishes").await;
    page.wait_for("A telescope").await;
    assert_eq!(document().title(), "Wishes · Wishboard");
    assert!(page.find("article")[0].inner_text().contains("Grace"));
    assert!(page.find("article button").is_empty(), "a guest cannot edit wishes");
    page.click("Grace").await;
    page.wait_for("\u{2068}Grace\u{2069}'s wishes").await;
    assert_eq!(window().location().pathname().unwrap(), "/u/grace");
    assert_eq!(page.find("article").len(), 1);
    page.wait_for("Log in or sign up to make a wish list.").await;
}

#[wasm_bindgen_test]
async fn the_account_menu_links_to_the_users_wish_list() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.click("Ada").await;
    page.click("My wishes").await;
    page.wait_for("No wishes yet").await;
    page.wait_for("Add a wish").await;
    assert_eq!(window().location().pathname().unwrap(), "/u/ada");
}

#[wasm_bindgen_test]
async fn a_list_of_another_user_has_no_buttons() {
    let network = Network::new();
    network.respond(GRACES_LIST, wishes(&[by_grace(wish("1", "A telescope"))], None));
    let page = Page::open_as_ada("/u/grace", network).await;
    page.wait_for("\u{2068}Grace\u{2069}'s wishes").await;
    assert!(page.find("article button").is_empty());
    assert!(!page.shows("Add a wish"));
    assert_eq!(document().title(), "\u{2068}Grace\u{2069}'s wishes · Wishboard");
}

#[wasm_bindgen_test]
async fn an_empty_list_of_another_user_links_to_all_wishes() {
    let network = Network::new();
    network.respond(GRACES_LIST, wishes(&[], None));
    network.respond("GET /api/wishes", wishes(&[wish("1", "A telescope")], None));
    let page = Page::open("/u/grace", network).await;
    page.wait_for("No wishes yet").await;
    page.click("See all wishes").await;
    page.wait_for("A telescope").await;
}

#[wasm_bindgen_test]
async fn the_list_of_an_unknown_user_shows_user_not_found() {
    let network = Network::new();
    network.respond("GET /api/users/unknown/wishes", problem(404, ProblemType::NotFound, None));
    let page = Page::open("/u/unknown", network).await;
    page.wait_for("No such person").await;
    assert!(!page.shows("Retry"));
    page.click("See all wishes").await;
    page.wait_for("No wishes yet").await;
}

#[wasm_bindgen_test]
async fn a_list_that_failed_to_load_can_be_loaded_again() {
    let network = Network::new();
    let newest = wishes(&[wish("2", "A boat")], Some("a=b"));
    network.respond_in_turn(ADAS_LIST, [problem(503, ProblemType::Unavailable, None), newest]);
    network.respond("GET /api/users/ada/wishes?before=a%3Db", wishes(&[wish("1", "A telescope")], None));
    let page = Page::open("/u/ada", network).await;
    page.click("Retry").await;
    page.click("Older wishes").await;
    page.wait_for("A telescope").await;
    assert_eq!(page.find("article").len(), 2);
}

#[wasm_bindgen_test]
async fn sorting_by_name_loads_the_whole_list() {
    let network = Network::new();
    let first = [wish("1", "Zebra"), wish("2", "Chapter 10"), Wish { received: true, ..wish("3", "Kite") }];
    network.respond(ADAS_LIST, wishes(&first, Some("more")));
    let older = wishes(&[wish("4", "chapter 2"), wish("5", "Übung")], None);
    network.respond("GET /api/users/ada/wishes?before=more", older);
    let page = Page::open("/u/ada", network).await;
    page.wait_for("Older wishes").await;
    let names = || -> Vec<String> { page.find("article h2").iter().map(|name| name.inner_text()).collect() };
    assert_eq!(names(), ["Zebra", "Chapter 10"]);
    page.click("Sort by name").await;
    wait_until("all wishes in order", || names() == ["chapter 2", "Chapter 10", "Übung", "Zebra"]).await;
    page.click("Sort by date").await;
    assert_eq!(names(), ["Zebra", "Chapter 10", "chapter 2", "Übung"]);
}
