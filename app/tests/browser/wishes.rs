//! Adding, editing, marking and deleting a wish.

use shared::problem::ProblemType;
use shared::wishes::Wish;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::support::fixtures::wish;
use crate::support::network::Network;
use crate::support::page::{Page, focused};
use crate::support::responses::{json, no_content, problem, version_conflict, wishes};
use crate::support::wait::{field_has_focus, wait_until};

const LIST: &str = "GET /api/users/ada/wishes";
const EDIT: &str = "PATCH /api/wishes/1";

/// Ada opens her own list. It contains this wish.
async fn open_list_with(wish: Wish) -> Page {
    let network = Network::new();
    network.respond(LIST, wishes(&[wish], None));
    let page = Page::open_as_ada("/u/ada", network).await;
    page.wait_for("My wishes").await;
    page.wait_for("Edit").await;
    page
}

fn telescope() -> Wish {
    Wish {
        description: "A small one,\nfor the balcony.".to_owned(),
        url: Some("https://shop.example:8443/telescope?size=s".to_owned()),
        ..wish("1", "A telescope")
    }
}

fn contains(element: &Element, text: &str) -> bool {
    element.text_content().is_some_and(|content| content.contains(text))
}

#[wasm_bindgen_test]
async fn the_text_of_a_cancelled_wish_is_restored_when_the_dialog_opens_again() {
    let page = open_list_with(wish("1", "A telescope")).await;
    page.click("Add a wish").await;
    page.fill("Wish", "A bo").await;
    page.click("Cancel").await;
    page.click("Add a wish").await;
    assert_eq!(page.value("Wish").await, "A bo");
    field_has_focus("name").await;
}

#[wasm_bindgen_test]
async fn a_link_shows_its_host_and_sends_no_referrer() {
    let page = open_list_with(telescope()).await;
    page.wait_for("A small one").await;
    let link = page.find("article a[target=_blank]").remove(0);
    assert_eq!(link.inner_text(), "shop.example:8443");
    assert_eq!(link.get_attribute("href").unwrap(), "https://shop.example:8443/telescope?size=s");
    assert_eq!(link.get_attribute("rel").unwrap(), "noopener noreferrer nofollow");
}

#[wasm_bindgen_test]
async fn only_http_and_https_urls_become_links() {
    for url in ["javascript:alert(1)", "data:text/html,x", "ftp://shop.example/", "nonsense"] {
        let page = open_list_with(Wish { url: Some(url.to_owned()), ..telescope() }).await;
        page.wait_for("A telescope").await;
        assert!(page.find("article a").is_empty(), "{url}");
    }
}

#[wasm_bindgen_test]
async fn a_new_wish_is_on_top_of_its_owners_list() {
    let page = open_list_with(wish("1", "A telescope")).await;
    let boat = Wish { url: Some("https://boats.example/".to_owned()), ..wish("2", "A boat") };
    page.network.respond("POST /api/wishes", json(201, &boat));
    page.click("Add a wish").await;
    page.fill("Wish", " A boat ").await;
    page.fill("Link (optional)", " boats.example/ ").await;
    page.submit("Add").await;
    page.wait_for("boats.example").await;
    assert!(page.find("article")[0].inner_text().contains("A boat"));
    assert_eq!(page.find("article").len(), 2);
    let sent = &page.network.sent("POST /api/wishes")[0];
    assert_eq!(sent.body, r#"{"name":"A boat","description":"","url":"https://boats.example/"}"#);
    assert_eq!(sent.idempotency_key.as_ref().unwrap().len(), 36);
    assert_eq!(sent.authorization.as_deref(), Some("Bearer first"));

    page.click("Add a wish").await;
    assert_eq!(page.value("Link (optional)").await, "");
}

#[wasm_bindgen_test]
async fn invalid_values_are_shown_at_their_fields() {
    let page = open_list_with(telescope()).await;
    page.click("Add a wish").await;
    page.fill("Link (optional)", "javascript:alert(1)").await;
    page.fill("Description (optional)", &"x".repeat(2_001)).await;
    page.submit("Add").await;
    assert_eq!(page.field_error("Wish").await.unwrap(), "This can't be empty.");
    assert_eq!(page.field_error("Description (optional)").await.unwrap(), "Use at most 2,000 characters.");
    assert!(page.field_error("Link (optional)").await.unwrap().contains("starts with http:// or https://"));
    assert_eq!(focused().get_attribute("name").unwrap(), "name");
    assert_eq!(page.network.count("POST /api/wishes"), 0);

    page.network.respond("POST /api/wishes", problem(422, ProblemType::Invalid, Some("url")));
    page.fill("Wish", "A boat").await;
    page.fill("Description (optional)", "").await;
    page.fill("Link (optional)", "https://boats.example/").await;
    page.submit("Add").await;
    page.wait_for("Rejected by the server.").await;
    assert_eq!(page.field_error("Link (optional)").await.unwrap(), "Rejected by the server.");
}

#[wasm_bindgen_test]
async fn a_wish_can_be_edited_and_its_link_removed() {
    let page = open_list_with(telescope()).await;
    page.network.respond(EDIT, json(200, &Wish { version: 2, ..wish("1", "A big telescope") }));
    page.click("Edit").await;
    assert_eq!(page.value("Wish").await, "A telescope");
    assert_eq!(page.value("Description (optional)").await, "A small one,\nfor the balcony.");
    page.fill("Wish", "A big telescope").await;
    page.fill("Description (optional)", "").await;
    page.fill("Link (optional)", "").await;
    page.submit("Save").await;
    page.wait_for("A big telescope").await;
    assert!(!page.shows("shop.example"));
    let sent = &page.network.sent(EDIT)[0];
    assert_eq!(sent.body, r#"{"name":"A big telescope","description":"","url":null}"#);
    assert_eq!(sent.if_match.as_deref(), Some("\"1\""));
}

#[wasm_bindgen_test]
async fn a_version_conflict_shows_both_wishes() {
    let page = open_list_with(telescope()).await;
    let edited_elsewhere = Wish { version: 3, ..wish("1", "A microscope") };
    page.network.respond_in_turn(
        EDIT,
        [version_conflict(edited_elsewhere), json(200, &Wish { version: 4, ..wish("1", "Binoculars") })],
    );
    page.click("Edit").await;
    page.fill("Wish", "Binoculars").await;
    page.submit("Save").await;
    page.wait_for("edited somewhere else").await;
    assert!(page.find("dialog")[0].inner_text().contains("A microscope"));
    assert_eq!(page.value("Wish").await, "Binoculars");
    page.submit("Save").await;
    page.wait_for("Binoculars").await;
    assert_eq!(page.network.sent(EDIT)[1].if_match.as_deref(), Some("\"3\""));
}

#[wasm_bindgen_test]
async fn a_received_wish_is_struck_through_until_it_is_unmarked() {
    let page = open_list_with(telescope()).await;
    let received = Wish { received: true, version: 2, ..telescope() };
    page.network
        .respond_in_turn(EDIT, [json(200, &received), json(200, &Wish { version: 3, ..telescope() })]);
    page.click("Mark as received").await;
    wait_until("focus on the received wishes", || contains(&focused(), "Received (1)")).await;
    assert!(page.find("article").is_empty(), "it is among the received wishes");
    page.click("Received (1)").await;
    wait_until("a struck-through wish", || page.find("article s").len() == 1).await;
    page.click("Move back to wishes").await;
    wait_until("no struck-through wish", || page.find("article s").is_empty()).await;
    wait_until("focus on the heading", || contains(&focused(), "My wishes")).await;
    assert!(
        page.find("summary").iter().all(|summary| !contains(summary, "Received")),
        "there are no received wishes"
    );
    let sent = page.network.sent(EDIT);
    assert_eq!(sent[0].body, r#"{"received":true}"#);
    assert_eq!(sent[1].body, r#"{"received":false}"#);
    assert_eq!(sent[1].if_match.as_deref(), Some("\"2\""));
}

#[wasm_bindgen_test]
async fn a_wish_edited_elsewhere_can_still_be_marked() {
    let page = open_list_with(telescope()).await;
    let edited_elsewhere = Wish { version: 3, ..wish("1", "A microscope") };
    let marked = Wish { received: true, version: 4, ..edited_elsewhere.clone() };
    page.network.respond_in_turn(EDIT, [version_conflict(edited_elsewhere), json(200, &marked)]);
    page.click("Mark as received").await;
    page.click("Received (1)").await;
    wait_until("a struck-through wish", || page.find("article s").len() == 1).await;
    page.wait_for("A microscope").await;
    assert!(!page.shows("edited somewhere else"));
    assert_eq!(page.network.sent(EDIT)[1].if_match.as_deref(), Some("\"3\""));
}

#[wasm_bindgen_test]
async fn marking_a_wish_that_is_already_marked_sends_no_second_edit() {
    let page = open_list_with(telescope()).await;
    page.network.respond(EDIT, version_conflict(Wish { received: true, version: 2, ..telescope() }));
    page.click("Mark as received").await;
    page.click("Received (1)").await;
    wait_until("a struck-through wish", || page.find("article s").len() == 1).await;
    assert!(!page.shows("edited somewhere else"));
    assert_eq!(page.network.count(EDIT), 1);
}

#[wasm_bindgen_test]
async fn marking_a_deleted_wish_removes_it_and_shows_an_error() {
    let page = open_list_with(telescope()).await;
    page.network.respond(EDIT, problem(404, ProblemType::NotFound, None));
    page.click("Mark as received").await;
    page.wait_for("This doesn't exist or was deleted.").await;
    assert!(page.find("article").is_empty());
}

#[wasm_bindgen_test]
async fn a_wish_is_deleted_after_confirmation() {
    let page = open_list_with(telescope()).await;
    page.network.respond("DELETE /api/wishes/1", no_content());
    page.click("Delete").await;
    assert!(page.find("dialog")[0].inner_text().contains("A telescope"));
    page.submit("Delete").await;
    page.wait_for("No wishes yet").await;
    page.wait_for("Add the first one.").await;
}
