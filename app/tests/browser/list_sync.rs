//! How a list follows the server's list, and keeps local changes that the server's list does not include yet.

use shared::messages::Message;
use shared::problem::ProblemType;
use shared::users::PublicUser;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::fixtures::{by_ada, message, timestamp, wish};
use crate::support::network::Network;
use crate::support::other_tab;
use crate::support::page::Page;
use crate::support::responses::{json, messages, network_error, no_content, not_modified, problem, wishes};
use crate::support::wait::{heading_has_focus, settled, wait_until};

const LIST: &str = "GET /api/messages";

/// The same message, created this many minutes later.
fn created_later(minutes: u32, message: Message) -> Message {
    Message { created_at: timestamp(&format!("2026-11-20T10:{minutes:02}:00.000Z")), ..message }
}

/// Makes the page refresh its list, and waits until the response is drawn.
async fn refresh(page: &Page) {
    let before = page.network.count(LIST);
    other_tab::browser_goes_online();
    wait_until("a request", || page.network.count(LIST) > before).await;
    settled().await;
}

fn texts(page: &Page) -> Vec<String> {
    let content = page.find("article .post-content");
    content.iter().map(|text| text.inner_text().trim().to_owned()).collect()
}

#[wasm_bindgen_test]
async fn new_posts_of_others_appear_after_a_click() {
    let network = Network::new();
    let first = message("1", "First");
    network.respond(LIST, messages(std::slice::from_ref(&first), None).with_etag("\"one\""));
    let page = Page::open("/", network).await;
    page.wait_for("First").await;
    let all = [created_later(2, message("3", "Third")), created_later(1, message("2", "Second")), first];
    page.network.respond(LIST, messages(&all, None).with_etag("\"two\""));
    refresh(&page).await;
    page.wait_for("2 new messages").await;
    assert_eq!(texts(&page), ["First"]);
    assert_eq!(page.network.sent(LIST)[1].if_none_match.as_deref(), Some("\"one\""));
    page.network.respond(LIST, not_modified());
    refresh(&page).await;
    page.click("2 new messages").await;
    assert_eq!(texts(&page), ["Third", "Second", "First"]);
    assert!(!page.shows("new messages"));
    heading_has_focus().await;
    assert_eq!(page.network.sent(LIST)[2].if_none_match.as_deref(), Some("\"two\""));
}

#[wasm_bindgen_test]
async fn edits_and_deletions_of_others_appear_at_the_next_refresh() {
    let network = Network::new();
    let edited = message("1", "First");
    network.respond(LIST, messages(&[created_later(1, message("2", "Second")), edited.clone()], None));
    let page = Page::open("/", network).await;
    page.wait_for("Second").await;
    page.network
        .respond(LIST, messages(&[Message { body: "Changed".to_owned(), version: 2, ..edited }], None));
    refresh(&page).await;
    wait_until("the edit", || texts(&page) == ["Changed"]).await;
}

#[wasm_bindgen_test]
async fn more_new_posts_than_fit_on_a_page_replace_the_list() {
    let network = Network::new();
    network.respond(LIST, messages(&[message("1", "First")], None));
    let page = Page::open("/", network).await;
    page.wait_for("First").await;
    let newest = [created_later(9, message("9", "Ninth")), created_later(8, message("8", "Eighth"))];
    page.network.respond(LIST, messages(&newest, Some("8")));
    refresh(&page).await;
    page.click("2+ new messages").await;
    assert_eq!(texts(&page), ["Ninth", "Eighth"]);
    page.network.respond("GET /api/messages?before=8", messages(&[message("1", "First")], None));
    page.click("Older messages").await;
    wait_until("the rest", || texts(&page) == ["Ninth", "Eighth", "First"]).await;
}

#[wasm_bindgen_test]
async fn a_created_post_stays_until_the_servers_list_includes_it() {
    let network = Network::new();
    network.respond(LIST, messages(&[message("1", "First")], None));
    let page = Page::open_as_ada("/", network).await;
    let adas = created_later(5, by_ada(message("2", "By Ada")));
    page.network.respond("POST /api/messages", json(201, &adas));
    page.write_message("By Ada").await;
    page.submit("Post").await;
    wait_until("the new message", || texts(&page) == ["By Ada", "First"]).await;
    refresh(&page).await; // the server's list does not include it yet
    assert_eq!(texts(&page), ["By Ada", "First"]);
    page.click("Wishes").await;
    page.wait_for("No wishes yet").await;
    page.click("Messages").await;
    page.wait_for("By Ada").await;
    assert_eq!(texts(&page), ["By Ada", "First"]);

    page.network.respond(LIST, messages(&[adas, message("1", "First")], None));
    refresh(&page).await;
    assert_eq!(texts(&page), ["By Ada", "First"]);
    page.network.respond(LIST, messages(&[message("1", "First")], None));
    refresh(&page).await; // the message was deleted elsewhere
    wait_until("the rest", || texts(&page) == ["First"]).await;
}

#[wasm_bindgen_test]
async fn a_created_wish_is_on_both_lists() {
    let page = Page::open_as_ada("/u/ada", Network::new()).await;
    page.network.respond("POST /api/wishes", json(201, &wish("1", "A telescope")));
    page.click("Add a wish").await;
    page.fill("Wish", "A telescope").await;
    page.submit("Add").await;
    page.wait_for("A telescope").await;
    page.click("Wishes").await;
    wait_until("the other page", || page.find("h1")[0].inner_text() == "Wishes").await;
    page.wait_for("A telescope").await;
    settled().await;
    assert!(page.shows("A telescope"), "the server's list does not include it yet");
}

#[wasm_bindgen_test]
async fn an_outdated_list_does_not_undo_an_edit_or_deletion() {
    let network = Network::new();
    let listed = [created_later(1, by_ada(message("2", "Old"))), message("1", "First")];
    network.respond(LIST, messages(&listed, None));
    let page = Page::open_as_ada("/", network).await;
    let edited = Message { body: "New".to_owned(), version: 2, ..listed[0].clone() };
    page.network.respond("PATCH /api/messages/2", json(200, &edited));
    page.click("Edit").await;
    page.fill("Message", "New").await;
    page.submit("Save").await;
    wait_until("the edit", || texts(&page) == ["New", "First"]).await;
    refresh(&page).await;
    assert_eq!(texts(&page), ["New", "First"]);

    page.network.respond("DELETE /api/messages/2", no_content());
    page.click("Delete").await;
    page.submit("Delete").await;
    wait_until("the deletion", || texts(&page) == ["First"]).await;
    refresh(&page).await;
    assert_eq!(texts(&page), ["First"]);
    assert!(!page.shows("new message"));
}

fn author_names(page: &Page) -> Vec<String> {
    page.find("article .post-author").iter().map(|name| name.inner_text()).collect()
}

#[wasm_bindgen_test]
async fn a_new_name_is_shown_with_every_post_of_its_author() {
    let network = Network::new();
    let renamed = |message: Message| Message {
        author: PublicUser { name: "Countess".to_owned(), ..message.author },
        ..message
    };
    let (older, newer) = (by_ada(message("1", "Older")), created_later(1, by_ada(message("2", "Newer"))));
    network.respond(LIST, messages(std::slice::from_ref(&newer), Some("2")));
    network.respond("GET /api/messages?before=2", messages(&[message("0", "Others"), older], None));
    let page = Page::open_as_ada("/", network).await;
    page.click("Older messages").await;
    wait_until("the older page", || author_names(&page) == ["Ada", "Grace", "Ada"]).await;

    let created = created_later(2, by_ada(message("3", "By Ada")));
    page.network.respond("POST /api/messages", json(201, &created));
    page.write_message("By Ada").await;
    page.submit("Post").await;
    wait_until("the new message", || texts(&page)[0] == "By Ada").await;
    page.network.respond(LIST, messages(&[renamed(created), renamed(newer)], Some("2")));
    refresh(&page).await;
    wait_until("the name", || author_names(&page) == ["Countess", "Countess", "Grace", "Countess"]).await;
}

#[wasm_bindgen_test]
async fn a_cached_list_is_shown_immediately_and_offline() {
    let network = Network::new();
    network.respond(LIST, messages(&[message("1", "First")], None));
    let page = Page::open("/", network).await;
    page.wait_for("First").await;
    page.click("Wishes").await;
    page.wait_for("No wishes yet").await;
    page.network.respond(LIST, network_error());
    page.click("Messages").await;
    assert!(page.shows("First"));
    settled().await;
    assert!(page.shows("First"));
    assert!(!page.shows("Retry"));
}

#[wasm_bindgen_test]
async fn posting_reloads_a_list_that_failed_to_load() {
    let network = Network::new();
    let adas = by_ada(message("2", "By Ada"));
    let responses = [
        problem(503, ProblemType::Unavailable, None),
        messages(&[adas.clone(), message("1", "First")], None),
    ];
    network.respond_in_turn(LIST, responses);
    let page = Page::open_as_ada("/", network).await;
    page.wait_for("Retry").await;
    page.network.respond("POST /api/messages", json(201, &adas));
    page.write_message("By Ada").await;
    page.submit("Post").await;
    page.wait_for("First").await;
    assert!(!page.shows("Retry"));
}

#[wasm_bindgen_test]
async fn going_online_reloads_a_list_that_failed_to_load() {
    let network = Network::new();
    network.respond_in_turn(LIST, [network_error(), messages(&[message("1", "First")], None)]);
    let page = Page::open("/", network).await;
    page.wait_for("can't be reached").await;
    refresh(&page).await;
    page.wait_for("First").await;
}

#[wasm_bindgen_test]
async fn a_failed_refresh_keeps_the_posts_and_says_that_they_may_be_outdated() {
    let network = Network::new();
    let list = messages(&[message("1", "First")], None);
    network.respond_in_turn(LIST, [list.clone(), network_error(), list]);
    let page = Page::open("/", network).await;
    page.wait_for("First").await;
    refresh(&page).await;
    page.wait_for("Can't check for updates right now.").await;
    assert!(page.shows("First"));
    refresh(&page).await;
    wait_until("the warning to disappear", || !page.shows("Can't check for updates right now.")).await;
    assert!(page.shows("First"));
}

#[wasm_bindgen_test]
async fn the_list_of_a_deleted_user_disappears() {
    let network = Network::new();
    network.respond_in_turn(
        "GET /api/users/ada/wishes",
        [wishes(&[wish("1", "A telescope")], None), problem(404, ProblemType::NotFound, None)],
    );
    let page = Page::open("/u/ada", network).await;
    page.wait_for("A telescope").await;
    other_tab::browser_goes_online();
    page.wait_for("No such person").await;
    assert!(!page.shows("A telescope"));
}
