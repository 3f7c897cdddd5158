//! What was typed and not sent yet.

use leptos::prelude::window;
use shared::problem::Kind;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use crate::network::{
    Network, adas, gate, json, logged_in, message, messages, not_logged_in, nothing, offline, problem,
};
use crate::page::{Page, drawn, eventually, focused};
use crate::session::grace_logs_in_in_another_tab;

const POST: &str = "POST /api/messages";

async fn ada_writes(text: &str) -> Page {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.click("Post a message").await;
    page.fill("Message", text).await;
    page
}

fn happens(event: &str) {
    window().dispatch_event(&Event::new(event).unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn a_text_outlives_a_reload_and_a_change_of_page() {
    let mut page = ada_writes("Half a thought").await;
    page.reload();
    page.sees("You have a draft.").await;
    page.click("Post a message").await;
    assert_eq!(page.typed("Message").await, "Half a thought");
    page.sees("This is what you had begun to write.").await;
    page.sees("14 of 2,000 characters").await;
    page.click("Cancel").await;
    page.click("Wishes").await;
    page.sees("Add a wish").await;
    assert!(!page.shows("You have a draft."), "that is for another list");
    page.click("Messages").await;
    page.click("Post a message").await;
    assert_eq!(page.typed("Message").await, "Half a thought");
}

#[wasm_bindgen_test]
async fn a_draft_that_nobody_wants_is_discarded() {
    let mut page = ada_writes("Half a thought").await;
    page.reload();
    page.click("Post a message").await;
    page.click("Discard").await;
    assert_eq!(page.typed("Message").await, "");
    assert!(!page.shows("begun to write"));
    eventually("the focus", || focused().tag_name() == "TEXTAREA").await;
    page.reload();
    page.sees("Post a message").await;
    assert!(!page.shows("You have a draft."));
}

#[wasm_bindgen_test]
async fn an_edit_is_kept_for_its_thing_until_it_is_as_it_was() {
    let network = Network::new();
    let listed = [adas(message("2", "Second")), adas(message("1", "First"))];
    network.answer("GET /api/messages", messages(&listed, None));
    let mut page = Page::open_as_ada("/", network).await;
    page.click("Edit").await;
    page.fill("Message", "Second thought").await;
    page.reload();
    page.sees("Second").await;
    assert!(!page.shows("You have a draft."), "there is none of a new message");
    page.click("Edit").await;
    assert_eq!(page.typed("Message").await, "Second thought");
    page.fill("Message", "Second").await;
    page.reload();
    page.click("Edit").await;
    assert_eq!(page.typed("Message").await, "Second");
    assert!(!page.shows("begun to write"));
}

#[wasm_bindgen_test]
async fn an_edit_from_before_a_reload_is_of_the_version_from_before() {
    let network = Network::new();
    network.answer("GET /api/messages", messages(&[adas(message("2", "Second"))], None));
    let mut page = Page::open_as_ada("/", network).await;
    page.click("Edit").await;
    page.fill("Message", "Mine").await;
    let theirs = shared::board::Message { version: 2, ..adas(message("2", "Theirs")) };
    page.network.answer("GET /api/messages", messages(&[theirs], None));
    page.reload();
    page.sees("Theirs").await;
    page.click("Edit").await;
    page.network.answer("PATCH /api/messages/2", problem(412, Kind::ChangedMeanwhile, None));
    page.submit("Save").await;
    eventually("an edit", || page.network.count("PATCH /api/messages/2") == 1).await;
    assert_eq!(page.network.sent("PATCH /api/messages/2")[0].if_match.as_deref(), Some("\"1\""));
}

#[wasm_bindgen_test]
async fn what_was_sent_is_no_draft_any_more() {
    let mut page = ada_writes("Hello").await;
    page.network.answer(POST, json(201, &message("2", "Hello")));
    page.submit("Post").await;
    eventually("no dialog", || page.find("dialog").is_empty()).await;
    assert!(!page.shows("You have a draft."));
    page.reload();
    page.click("Post a message").await;
    assert_eq!(page.typed("Message").await, "");
}

#[wasm_bindgen_test]
async fn a_retry_after_a_reload_has_the_same_key() {
    let mut page = ada_writes("Hello").await;
    page.network.answers(POST, [offline(), json(201, &message("2", "Hello"))]);
    page.submit("Post").await;
    page.sees("can't be reached").await;
    page.reload();
    page.click("Post a message").await;
    page.submit("Post").await;
    eventually("no dialog", || page.find("dialog").is_empty()).await;
    let sent = page.network.sent(POST);
    assert_eq!(sent[0].key, sent[1].key);
    assert_eq!(sent[0].body, sent[1].body);
}

#[wasm_bindgen_test]
async fn what_failed_for_want_of_a_network_is_sent_when_there_is_one() {
    let page = ada_writes("Hello").await;
    page.network.answers(POST, [offline(), json(201, &message("2", "Hello"))]);
    happens("online");
    drawn().await;
    assert_eq!(page.network.count(POST), 0, "nobody has sent it yet");
    page.submit("Post").await;
    page.sees("can't be reached").await;
    happens("online");
    eventually("no dialog", || page.find("dialog").is_empty()).await;
    let sent = page.network.sent(POST);
    assert_eq!((sent.len(), &sent[0].key), (2, &sent[1].key));
}

#[wasm_bindgen_test]
async fn what_was_cancelled_or_refused_is_not_sent_by_itself() {
    let page = ada_writes("Hello").await;
    page.network.answers(POST, [offline(), problem(422, Kind::Invalid, Some("body"))]);
    page.submit("Post").await;
    page.sees("can't be reached").await;
    page.click("Cancel").await;
    happens("online");
    drawn().await;
    assert_eq!(page.network.count(POST), 1);
    page.click("Post a message").await;
    page.submit("Retry").await;
    eventually("a fault", || !page.shows("can't be reached")).await;
    happens("online");
    drawn().await;
    assert_eq!(page.network.count(POST), 2);
}

#[wasm_bindgen_test]
async fn what_is_typed_while_a_text_is_sent_stays() {
    let page = ada_writes("Hello").await;
    let (kept, keep) = gate();
    page.network.answer(POST, json(201, &message("2", "Hello")).after(&kept));
    page.submit("Post").await;
    page.fill("Message", "Hello, and one more thing").await;
    keep.call0(&kept).unwrap();
    page.sees("What you have typed since is still here.").await;
    assert_eq!(page.typed("Message").await, "Hello, and one more thing");
    assert!(page.find("article")[0].inner_text().contains("Hello"));
    page.network.answer(POST, json(201, &message("3", "Hello, and one more thing")));
    page.submit("Post").await;
    eventually("the other", || page.find("article").len() == 2).await;
    let sent = page.network.sent(POST);
    assert_ne!(sent[0].key, sent[1].key, "that is another message");
}

#[wasm_bindgen_test]
async fn a_failure_after_the_dialog_was_closed_opens_it_again() {
    let page = ada_writes("Hello").await;
    let (kept, keep) = gate();
    page.network.answer(POST, offline().after(&kept));
    page.submit("Post").await;
    page.click("Cancel").await;
    assert!(page.find("dialog").is_empty());
    keep.call0(&kept).unwrap();
    page.sees("can't be reached").await;
    assert_eq!(page.typed("Message").await, "Hello");
}

#[wasm_bindgen_test]
async fn a_failure_after_the_page_was_left_is_told_and_the_text_kept() {
    let page = ada_writes("Hello").await;
    let (kept, keep) = gate();
    page.network.answer(POST, offline().after(&kept));
    page.submit("Post").await;
    page.click("Cancel").await;
    page.click("Wishes").await;
    page.sees("No wishes yet").await;
    keep.call0(&kept).unwrap();
    page.sees("What you wrote could not be sent.").await;
    page.click("Messages").await;
    page.sees("You have a draft.").await;
}

#[wasm_bindgen_test]
async fn who_logs_in_again_in_the_dialog_loses_nothing() {
    let page = ada_writes("Hello").await;
    page.network.answers(POST, [not_logged_in(), json(201, &message("2", "Hello"))]);
    page.network.answer("POST /api/token", not_logged_in());
    page.submit("Post").await;
    page.sees("Your login has ended.").await;
    eventually("the focus", || focused().get_attribute("name").as_deref() == Some("username")).await;
    page.network.answer("POST /api/login", json(200, &logged_in("ada", "second")));
    page.fill("Username", "ada").await;
    page.fill("Password", "right horse").await;
    page.submit("Log in").await;
    eventually("no log-in form", || !page.shows("Password")).await;
    assert!(!page.shows("Your login has ended."));
    eventually("the focus", || focused().text_content().as_deref() == Some("Post")).await;
    assert_eq!(page.typed("Message").await, "Hello");
    page.submit("Post").await;
    eventually("no dialog", || page.find("dialog").is_empty()).await;
    assert_eq!(page.network.sent(POST)[1].authorization.as_deref(), Some("Bearer second"));
}

#[wasm_bindgen_test]
async fn another_person_never_sees_a_text_and_its_author_finds_it_again() {
    let mut page = ada_writes("For Ada only").await;
    grace_logs_in_in_another_tab();
    page.sees("Grace").await;
    assert!(page.find("dialog").is_empty());
    assert!(!page.shows("You have a draft."));
    page.click("Post a message").await;
    assert_eq!(page.typed("Message").await, "");
    page.reload();
    page.click("Post a message").await;
    assert_eq!(page.typed("Message").await, "");
    page.click("Cancel").await;
    assert!(app::draft::find(Some("ada"), "/api/messages").is_some());
}

#[wasm_bindgen_test]
async fn nothing_typed_stays_after_a_log_out() {
    let page = ada_writes("Half a thought").await;
    page.click("Cancel").await;
    page.network.answer("POST /api/logout", nothing());
    page.click("Ada").await;
    page.click("Log out").await;
    page.sees("Log in or sign up to post a message.").await;
    assert_eq!(app::draft::find(Some("ada"), "/api/messages"), None);
    assert!(!page_holds("Half a thought"), "not in a hidden field either");
}

fn page_holds(text: &str) -> bool {
    let fields = leptos::prelude::document().query_selector_all("textarea, input").unwrap();
    (0..fields.length()).any(|at| {
        let field: web_sys::HtmlInputElement = wasm_bindgen::JsCast::unchecked_into(fields.get(at).unwrap());
        field.value() == text
    })
}

#[wasm_bindgen_test]
async fn the_sign_up_outlives_a_reload_without_its_password() {
    let mut page = Page::open("/signup", Network::new());
    page.fill("Username", "ada").await;
    page.fill("Name", "Ada Lovelace").await;
    page.fill("Password", "right horse").await;
    page.reload();
    assert_eq!(page.typed("Username").await, "ada");
    assert_eq!(page.typed("Name").await, "Ada Lovelace");
    assert_eq!(page.typed("Password").await, "");
    assert!(!everything_stored().contains("right horse"));
    page.network.answer("POST /api/signup", json(201, &logged_in("ada", "first")));
    page.fill("Password", "right horse").await;
    page.submit("Sign up").await;
    page.sees("Post a message").await;
    assert_eq!(app::draft::find(None, "/signup"), None);
}

#[expect(clippy::disallowed_methods, reason = "looks behind the app's back")]
fn everything_stored() -> String {
    let storage = window().local_storage().unwrap().unwrap();
    let keys = (0..storage.length().unwrap()).filter_map(|at| storage.key(at).unwrap());
    keys.map(|key| storage.get_item(&key).unwrap().unwrap_or_default()).collect()
}

#[wasm_bindgen_test]
async fn drafts_that_can_not_be_read_are_none() {
    for broken in ["", "{", "7", r#"["a"]"#, r#"[{"place":"/api/messages","fields":"x","version":0}]"#] {
        another_program_stores("wishboard.drafts.ada", broken);
        let page = ada_writes("Hello").await;
        assert_eq!(page.typed("Message").await, "Hello");
    }
}

#[expect(clippy::disallowed_methods, reason = "another program is not this app")]
fn another_program_stores(key: &str, text: &str) {
    window().local_storage().unwrap().unwrap().set_item(key, text).unwrap();
}
