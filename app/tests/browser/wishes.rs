//! Wish lists: everybody's, somebody's, and one's own.

use leptos::prelude::{document, window};
use shared::account::Person;
use shared::problem::Kind;
use shared::wishlist::Wish;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::network::{Network, changed, json, nothing, problem, wish, wishes};
use crate::page::{Page, eventually, focused};

const OWN: &str = "GET /api/users/ada/wishes";
const EDIT: &str = "PATCH /api/wishes/1";

/// Ada looks at her own list, which has this wish.
async fn list(wish: Wish) -> Page {
    let network = Network::new();
    network.answer(OWN, wishes(&[wish], None));
    let page = Page::open_as_ada("/u/ada", network).await;
    page.sees("My wishes").await;
    page.sees("Edit").await;
    page
}

fn telescope() -> Wish {
    Wish {
        description: "A small one,\nfor the balcony.".to_owned(),
        url: Some("https://shop.example:8443/telescope?size=s".to_owned()),
        ..wish("1", "A telescope")
    }
}

fn of_grace(wish: Wish) -> Wish {
    Wish { owner: Person { username: "grace".to_owned(), name: "Grace".to_owned() }, ..wish }
}

fn says(element: &Element, text: &str) -> bool {
    element.text_content().is_some_and(|said| said.contains(text))
}

#[wasm_bindgen_test]
async fn where_somebody_has_no_wishes_the_next_step_is_everybodys() {
    let network = Network::new();
    network.answer("GET /api/users/grace/wishes", wishes(&[], None));
    network.answer("GET /api/wishes", wishes(&[telescope()], None));
    let page = Page::open("/u/grace", network);
    page.sees("No wishes yet").await;
    page.click("To everybody's wishes").await;
    page.sees("A telescope").await;
}

#[wasm_bindgen_test]
async fn a_wish_that_was_begun_is_gone_on_with_where_it_ended() {
    let page = list(wish("1", "A telescope")).await;
    page.click("Add a wish").await;
    page.fill("Wish", "A bo").await;
    page.click("Cancel").await;
    page.click("Add a wish").await;
    assert_eq!(page.typed("Wish").await, "A bo");
    eventually("the focus", || focused().get_attribute("name").as_deref() == Some("name")).await;
}

#[wasm_bindgen_test]
async fn everybodys_newest_wishes_lead_to_the_lists_they_are_on() {
    let network = Network::new();
    network.answer("GET /api/wishes", wishes(&[of_grace(wish("2", "A boat")), telescope()], None));
    network.answer("GET /api/users/grace/wishes", wishes(&[of_grace(wish("2", "A boat"))], None));
    let page = Page::open("/", network);
    page.click("Wishes").await;
    page.sees("A telescope").await;
    assert_eq!(document().title(), "Wishes · Wishboard");
    assert!(page.find("article")[0].inner_text().contains("Grace"));
    assert!(page.find("article button").is_empty(), "none of them is a guest's");
    page.click("Grace").await;
    page.sees("Wishes of \u{2068}Grace\u{2069}").await;
    assert_eq!(window().location().pathname().unwrap(), "/u/grace");
    assert_eq!(page.find("article").len(), 1);
    page.sees("Log in or sign up to keep a wish list.").await;
}

#[wasm_bindgen_test]
async fn a_link_shows_where_it_leads_and_tells_nothing_of_where_one_comes_from() {
    let page = list(telescope()).await;
    page.sees("A small one").await;
    let link = page.find("article a[target=_blank]").remove(0);
    assert_eq!(link.inner_text(), "shop.example:8443");
    assert_eq!(link.get_attribute("href").unwrap(), "https://shop.example:8443/telescope?size=s");
    assert_eq!(link.get_attribute("rel").unwrap(), "noopener noreferrer nofollow");
}

#[wasm_bindgen_test]
async fn what_leads_anywhere_but_into_the_web_is_no_link() {
    for url in ["javascript:alert(1)", "data:text/html,x", "ftp://shop.example/", "nonsense"] {
        let page = list(Wish { url: Some(url.to_owned()), ..telescope() }).await;
        page.sees("A telescope").await;
        assert!(page.find("article a").is_empty(), "{url}");
    }
}

#[wasm_bindgen_test]
async fn a_wish_is_added_on_top_of_ones_own_list() {
    let page = list(wish("1", "A telescope")).await;
    let boat = Wish { url: Some("https://boats.example/".to_owned()), ..wish("2", "A boat") };
    page.network.answer("POST /api/wishes", json(201, &boat));
    page.click("Add a wish").await;
    page.fill("Wish", " A boat ").await;
    page.fill("Link", "https://boats.example/").await;
    page.submit("Add").await;
    page.sees("boats.example").await;
    assert!(page.find("article")[0].inner_text().contains("A boat"));
    assert_eq!(page.find("article").len(), 2);
    let sent = &page.network.sent("POST /api/wishes")[0];
    assert_eq!(sent.body, r#"{"name":"A boat","description":"","url":"https://boats.example/"}"#);
    assert_eq!(sent.key.as_ref().unwrap().len(), 36);
    assert_eq!(sent.authorization.as_deref(), Some("Bearer first"));

    page.click("Add a wish").await;
    assert_eq!(page.typed("Link").await, "");
}

#[wasm_bindgen_test]
async fn broken_rules_are_told_at_their_fields() {
    let page = list(telescope()).await;
    page.click("Add a wish").await;
    page.fill("Link", "javascript:alert(1)").await;
    page.fill("Description (optional)", &"x".repeat(2_001)).await;
    page.submit("Add").await;
    assert_eq!(page.fault("Wish").await.unwrap(), "Please fill this in.");
    assert_eq!(page.fault("Description (optional)").await.unwrap(), "Please use at most 2,000 characters.");
    assert!(page.fault("Link").await.unwrap().contains("begins with http:// or https://"));
    assert_eq!(focused().get_attribute("name").unwrap(), "name");
    assert_eq!(page.network.count("POST /api/wishes"), 0);

    page.network.answer("POST /api/wishes", problem(422, Kind::Invalid, Some("url")));
    page.fill("Wish", "A boat").await;
    page.fill("Description (optional)", "").await;
    page.fill("Link", "https://boats.example/").await;
    page.submit("Add").await;
    page.sees("Told by the server.").await;
    assert_eq!(page.fault("Link").await.unwrap(), "Told by the server.");
}

#[wasm_bindgen_test]
async fn a_wish_is_changed_and_its_link_taken_away() {
    let page = list(telescope()).await;
    page.network.answer(EDIT, json(200, &Wish { version: 2, ..wish("1", "A big telescope") }));
    page.click("Edit").await;
    assert_eq!(page.typed("Wish").await, "A telescope");
    assert_eq!(page.typed("Description (optional)").await, "A small one,\nfor the balcony.");
    page.fill("Wish", "A big telescope").await;
    page.fill("Description (optional)", "").await;
    page.fill("Link", "").await;
    page.submit("Save").await;
    page.sees("A big telescope").await;
    assert!(!page.shows("shop.example"));
    let sent = &page.network.sent(EDIT)[0];
    assert_eq!(sent.body, r#"{"name":"A big telescope","description":"","url":null}"#);
    assert_eq!(sent.if_match.as_deref(), Some("\"1\""));
}

#[wasm_bindgen_test]
async fn a_wish_that_was_changed_elsewhere_shows_both() {
    let page = list(telescope()).await;
    let theirs = Wish { version: 3, ..wish("1", "A microscope") };
    page.network.answers(EDIT, [changed(theirs), json(200, &Wish { version: 4, ..wish("1", "Binoculars") })]);
    page.click("Edit").await;
    page.fill("Wish", "Binoculars").await;
    page.submit("Save").await;
    page.sees("changed elsewhere").await;
    assert!(page.find("dialog")[0].inner_text().contains("A microscope"));
    assert_eq!(page.typed("Wish").await, "Binoculars");
    page.submit("Save").await;
    page.sees("Binoculars").await;
    assert_eq!(page.network.sent(EDIT)[1].if_match.as_deref(), Some("\"3\""));
}

#[wasm_bindgen_test]
async fn a_wish_that_came_true_is_struck_and_can_be_unstruck() {
    let page = list(telescope()).await;
    let received = Wish { received: true, version: 2, ..telescope() };
    page.network.answers(EDIT, [json(200, &received), json(200, &Wish { version: 3, ..telescope() })]);
    page.click("Mark as received").await;
    eventually("the focus where the wish went", || says(&focused(), "Received (1)")).await;
    assert!(page.find("article").is_empty(), "it is folded");
    page.click("Received (1)").await;
    eventually("struck", || page.find("article s").len() == 1).await;
    page.click("Not received yet").await;
    eventually("not struck", || page.find("article s").is_empty()).await;
    eventually("the heading in focus", || says(&focused(), "My wishes")).await;
    assert!(page.find("summary").iter().all(|summary| !says(summary, "Received")), "nothing is folded");
    let sent = page.network.sent(EDIT);
    assert_eq!(sent[0].body, r#"{"received":true}"#);
    assert_eq!(sent[1].body, r#"{"received":false}"#);
    assert_eq!(sent[1].if_match.as_deref(), Some("\"2\""));
}

#[wasm_bindgen_test]
async fn what_was_changed_elsewhere_does_not_keep_a_wish_from_being_marked() {
    let page = list(telescope()).await;
    let theirs = Wish { version: 3, ..wish("1", "A microscope") };
    let marked = Wish { received: true, version: 4, ..theirs.clone() };
    page.network.answers(EDIT, [changed(theirs), json(200, &marked)]);
    page.click("Mark as received").await;
    page.click("Received (1)").await;
    eventually("struck", || page.find("article s").len() == 1).await;
    page.sees("A microscope").await;
    assert!(!page.shows("changed elsewhere"));
    assert_eq!(page.network.sent(EDIT)[1].if_match.as_deref(), Some("\"3\""));
}

#[wasm_bindgen_test]
async fn a_wish_that_was_marked_in_another_tab_is_marked() {
    let page = list(telescope()).await;
    page.network.answer(EDIT, changed(Wish { received: true, version: 2, ..telescope() }));
    page.click("Mark as received").await;
    page.click("Received (1)").await;
    eventually("struck", || page.find("article s").len() == 1).await;
    assert!(!page.shows("changed elsewhere"));
    assert_eq!(page.network.count(EDIT), 1);
}

#[wasm_bindgen_test]
async fn a_wish_that_is_gone_can_not_be_marked_and_one_is_told() {
    let page = list(telescope()).await;
    page.network.answer(EDIT, problem(404, Kind::NotFound, None));
    page.click("Mark as received").await;
    page.sees("This is not there any more.").await;
    assert!(page.find("article").is_empty());
}

#[wasm_bindgen_test]
async fn a_wish_is_deleted_when_that_is_confirmed() {
    let page = list(telescope()).await;
    page.network.answer("DELETE /api/wishes/1", nothing());
    page.click("Delete").await;
    assert!(page.find("dialog")[0].inner_text().contains("A telescope"));
    page.submit("Delete").await;
    page.sees("No wishes yet").await;
    page.sees("Add what you would like to have").await;
}

#[wasm_bindgen_test]
async fn the_own_list_is_in_the_menu_and_begins_with_its_next_step() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.click("Ada").await;
    page.click("My wishes").await;
    page.sees("No wishes yet").await;
    page.sees("Add a wish").await;
    assert_eq!(window().location().pathname().unwrap(), "/u/ada");
}

#[wasm_bindgen_test]
async fn on_somebody_elses_list_there_is_nothing_to_change() {
    let network = Network::new();
    network.answer("GET /api/users/grace/wishes", wishes(&[of_grace(telescope())], None));
    let page = Page::open_as_ada("/u/grace", network).await;
    page.sees("Wishes of \u{2068}Grace\u{2069}").await;
    assert!(page.find("article button").is_empty());
    assert!(!page.shows("Add a wish"));
    assert_eq!(document().title(), "Wishes of \u{2068}Grace\u{2069} · Wishboard");
}

#[wasm_bindgen_test]
async fn a_list_can_be_sorted_by_name_and_then_all_of_it_is_read() {
    let network = Network::new();
    let first = [wish("1", "Zebra"), wish("2", "Chapter 10"), Wish { received: true, ..wish("3", "Kite") }];
    network.answer("GET /api/users/ada/wishes", wishes(&first, Some("more")));
    let older = wishes(&[wish("4", "chapter 2"), wish("5", "Übung")], None);
    network.answer("GET /api/users/ada/wishes?before=more", older);
    let page = Page::open("/u/ada", network);
    page.sees("Older wishes").await;
    let names = || -> Vec<String> { page.find("article h2").iter().map(|name| name.inner_text()).collect() };
    assert_eq!(names(), ["Zebra", "Chapter 10"]);
    page.click("Sort by name").await;
    eventually("all of it", || names() == ["chapter 2", "Chapter 10", "Übung", "Zebra"]).await;
    page.click("Sort by newest").await;
    assert_eq!(names(), ["Zebra", "Chapter 10", "chapter 2", "Übung"]);
}

#[wasm_bindgen_test]
async fn a_list_of_nobody_says_so() {
    let network = Network::new();
    network.answer("GET /api/users/nobody/wishes", problem(404, Kind::NotFound, None));
    let page = Page::open("/u/nobody", network);
    page.sees("There is nobody of this name").await;
    assert!(!page.shows("Try again"));
    page.click("To everybody's wishes").await;
    page.sees("No wishes yet").await;
}

#[wasm_bindgen_test]
async fn a_list_that_can_not_be_read_can_be_tried_again_and_older_wishes_follow() {
    let network = Network::new();
    let newest = wishes(&[wish("2", "A boat")], Some("a=b"));
    network.answers(OWN, [problem(503, Kind::Unavailable, None), newest]);
    network.answer("GET /api/users/ada/wishes?before=a%3Db", wishes(&[wish("1", "A telescope")], None));
    let page = Page::open("/u/ada", network);
    page.click("Try again").await;
    page.click("Older wishes").await;
    page.sees("A telescope").await;
    assert_eq!(page.find("article").len(), 2);
}
