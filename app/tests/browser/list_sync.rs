//! News from others, and one's own changes that the server's lists do not have yet.

use leptos::prelude::window;
use shared::board::Message;
use shared::problem::Kind;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use crate::network::{
    Network, adas, json, message, messages, nothing, offline, problem, unchanged, wish, wishes,
};
use crate::page::{Page, drawn, eventually, focused};

const LIST: &str = "GET /api/messages";

/// When a message was made: so many minutes after the others.
fn later(minutes: u32, message: Message) -> Message {
    Message { created_at: format!("2026-11-20T10:{minutes:02}:00.000Z"), ..message }
}

/// A network is there again, so lists are asked for.
async fn asks_again(page: &Page) {
    let before = page.network.count(LIST);
    window().dispatch_event(&Event::new("online").unwrap()).unwrap();
    eventually("a question", || page.network.count(LIST) > before).await;
    drawn().await;
}

fn texts(page: &Page) -> Vec<String> {
    let content = page.find("article .thing-content");
    content.iter().map(|text| text.inner_text().trim().to_owned()).collect()
}

#[wasm_bindgen_test]
async fn what_others_add_is_offered_and_shown_when_asked_for() {
    let network = Network::new();
    let first = message("1", "First");
    network.answer(LIST, messages(std::slice::from_ref(&first), None).tagged("\"one\""));
    let page = Page::open("/", network);
    page.sees("First").await;
    let all = [later(2, message("3", "Third")), later(1, message("2", "Second")), first];
    page.network.answer(LIST, messages(&all, None).tagged("\"two\""));
    asks_again(&page).await;
    page.sees("2 new messages").await;
    assert_eq!(texts(&page), ["First"]);
    assert_eq!(page.network.sent(LIST)[1].if_none_match.as_deref(), Some("\"one\""));

    page.network.answer(LIST, unchanged());
    asks_again(&page).await;
    page.click("2 new messages").await;
    assert_eq!(texts(&page), ["Third", "Second", "First"]);
    assert!(!page.shows("new messages"));
    eventually("the focus", || focused().tag_name() == "H1").await;
    assert_eq!(page.network.sent(LIST)[2].if_none_match.as_deref(), Some("\"two\""));
}

#[wasm_bindgen_test]
async fn what_others_change_and_remove_is_so_here_too() {
    let network = Network::new();
    let kept = message("1", "First");
    network.answer(LIST, messages(&[later(1, message("2", "Second")), kept.clone()], None));
    let page = Page::open("/", network);
    page.sees("Second").await;
    page.network.answer(LIST, messages(&[Message { body: "Changed".to_owned(), version: 2, ..kept }], None));
    asks_again(&page).await;
    eventually("the change", || texts(&page) == ["Changed"]).await;
}

#[wasm_bindgen_test]
async fn more_news_than_fit_on_a_page_take_the_place_of_what_was_there() {
    let network = Network::new();
    network.answer(LIST, messages(&[message("1", "First")], None));
    let page = Page::open("/", network);
    page.sees("First").await;
    let newest = [later(9, message("9", "Ninth")), later(8, message("8", "Eighth"))];
    page.network.answer(LIST, messages(&newest, Some("8")));
    asks_again(&page).await;
    page.click("2+ new messages").await;
    assert_eq!(texts(&page), ["Ninth", "Eighth"]);
    page.network.answer("GET /api/messages?before=8", messages(&[message("1", "First")], None));
    page.click("Older messages").await;
    eventually("the rest", || texts(&page) == ["Ninth", "Eighth", "First"]).await;
}

#[wasm_bindgen_test]
async fn what_one_has_made_is_there_whatever_a_list_says_until_the_list_has_it() {
    let network = Network::new();
    network.answer(LIST, messages(&[message("1", "First")], None));
    let page = Page::open_as_ada("/", network).await;
    let mine = later(5, adas(message("2", "Mine")));
    page.network.answer("POST /api/messages", json(201, &mine));
    page.click("Post a message").await;
    page.fill("Message", "Mine").await;
    page.submit("Post").await;
    eventually("mine", || texts(&page) == ["Mine", "First"]).await;
    asks_again(&page).await; // the list still does not have it
    assert_eq!(texts(&page), ["Mine", "First"]);
    page.click("Wishes").await;
    page.sees("No wishes yet").await;
    page.click("Messages").await;
    page.sees("Mine").await;
    assert_eq!(texts(&page), ["Mine", "First"]);

    page.network.answer(LIST, messages(&[mine, message("1", "First")], None));
    asks_again(&page).await;
    assert_eq!(texts(&page), ["Mine", "First"]);
    page.network.answer(LIST, messages(&[message("1", "First")], None));
    asks_again(&page).await; // now it was removed elsewhere
    eventually("the rest", || texts(&page) == ["First"]).await;
}

#[wasm_bindgen_test]
async fn a_wish_is_on_all_lists_it_belongs_to() {
    let page = Page::open_as_ada("/u/ada", Network::new()).await;
    page.network.answer("POST /api/wishes", json(201, &wish("1", "A telescope")));
    page.click("Add a wish").await;
    page.fill("Wish", "A telescope").await;
    page.submit("Add").await;
    page.sees("A telescope").await;
    page.click("Wishes").await;
    eventually("another page", || page.find("h1")[0].inner_text() == "Wishes").await;
    page.sees("A telescope").await;
    drawn().await;
    assert!(page.shows("A telescope"), "the list without it has come");
}

#[wasm_bindgen_test]
async fn what_one_has_changed_or_removed_does_not_come_back_with_a_late_list() {
    let network = Network::new();
    let listed = [later(1, adas(message("2", "Old"))), message("1", "First")];
    network.answer(LIST, messages(&listed, None));
    let page = Page::open_as_ada("/", network).await;
    let edited = Message { body: "New".to_owned(), version: 2, ..listed[0].clone() };
    page.network.answer("PATCH /api/messages/2", json(200, &edited));
    page.click("Edit").await;
    page.fill("Message", "New").await;
    page.submit("Save").await;
    eventually("the change", || texts(&page) == ["New", "First"]).await;
    asks_again(&page).await;
    assert_eq!(texts(&page), ["New", "First"]);

    page.network.answer("DELETE /api/messages/2", nothing());
    page.click("Delete").await;
    page.submit("Delete").await;
    eventually("the removal", || texts(&page) == ["First"]).await;
    asks_again(&page).await;
    assert_eq!(texts(&page), ["First"]);
    assert!(!page.shows("new message"));
}

#[wasm_bindgen_test]
async fn a_page_one_has_seen_is_there_at_once_and_without_a_network() {
    let network = Network::new();
    network.answer(LIST, messages(&[message("1", "First")], None));
    let page = Page::open("/", network);
    page.sees("First").await;
    page.click("Wishes").await;
    page.sees("No wishes yet").await;
    page.network.answer(LIST, offline());
    page.click("Messages").await;
    assert!(page.shows("First"));
    drawn().await;
    assert!(page.shows("First"));
    assert!(!page.shows("Try again"));
}

#[wasm_bindgen_test]
async fn a_list_that_could_not_be_read_is_read_after_something_was_posted() {
    let network = Network::new();
    let mine = adas(message("2", "Mine"));
    let answers =
        [problem(503, Kind::Unavailable, None), messages(&[mine.clone(), message("1", "First")], None)];
    network.answers(LIST, answers);
    let page = Page::open_as_ada("/", network).await;
    page.sees("Try again").await;
    page.network.answer("POST /api/messages", json(201, &mine));
    page.click("Post a message").await;
    page.fill("Message", "Mine").await;
    page.submit("Post").await;
    page.sees("First").await;
    assert!(!page.shows("Try again"));
}

#[wasm_bindgen_test]
async fn a_list_that_could_not_be_read_is_read_when_there_is_a_network() {
    let network = Network::new();
    network.answers(LIST, [offline(), messages(&[message("1", "First")], None)]);
    let page = Page::open("/", network);
    page.sees("can't be reached").await;
    asks_again(&page).await;
    page.sees("First").await;
}

#[wasm_bindgen_test]
async fn what_is_shown_stays_and_is_said_to_be_old_while_nothing_new_comes() {
    let network = Network::new();
    let again = messages(&[message("1", "First")], None);
    network.answers(LIST, [messages(&[message("1", "First")], None), offline(), again]);
    let page = Page::open("/", network);
    page.sees("First").await;
    asks_again(&page).await;
    page.sees("Nothing new can be fetched").await;
    assert!(page.shows("First"));
    asks_again(&page).await;
    eventually("no complaint", || !page.shows("Nothing new can be fetched")).await;
    assert!(page.shows("First"));
}

#[wasm_bindgen_test]
async fn a_list_whose_owner_is_gone_says_so() {
    let network = Network::new();
    network.answers(
        "GET /api/users/ada/wishes",
        [wishes(&[wish("1", "A telescope")], None), problem(404, Kind::NotFound, None)],
    );
    let page = Page::open("/u/ada", network);
    page.sees("A telescope").await;
    window().dispatch_event(&Event::new("online").unwrap()).unwrap();
    page.sees("There is nobody of this name").await;
    assert!(!page.shows("A telescope"));
}
