//! The login dropdown of the navigation bar.

use leptos::prelude::document;
use shared::problem::Kind;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::network::{Network, gate, json, logged_in, nothing, offline, problem};
use crate::page::{Page, drawn, eventually, focused};

async fn log_in(page: &Page, password: &str) {
    page.click("Log in").await;
    page.fill("Username", " ada ").await;
    page.fill("Password", password).await;
    page.submit("Log in").await;
}

#[wasm_bindgen_test]
async fn a_guest_logs_in_and_the_dropdown_shows_the_name() {
    let network = Network::new();
    network.answer("POST /api/login", json(200, &logged_in("ada", "first")));
    let page = Page::open("/", network);
    log_in(&page, "right horse").await;
    page.sees("Ada").await;
    assert!(!page.shows("Log in"), "the form is gone");
    assert!(!page.shows("Log out"), "the dropdown is closed");
    let sent = &page.network.sent("POST /api/login")[0];
    assert_eq!(sent.body, r#"{"username":"ada","password":"right horse"}"#);
}

#[wasm_bindgen_test]
async fn a_wrong_password_is_told_and_what_was_typed_stays() {
    let network = Network::new();
    network.answer("POST /api/login", problem(401, Kind::WrongLogin, None));
    let page = Page::open("/", network);
    log_in(&page, "wrong horse").await;
    page.sees("Username or password is wrong.").await;
    assert_eq!(page.typed("Username").await, " ada ");
    assert_eq!(page.typed("Password").await, "wrong horse");
    assert_eq!(page.network.count("POST /api/token"), 0);
}

#[wasm_bindgen_test]
async fn without_a_network_it_says_so_and_can_be_tried_again() {
    let network = Network::new();
    network.answers("POST /api/login", [offline(), json(200, &logged_in("ada", "first"))]);
    let page = Page::open("/", network);
    log_in(&page, "right horse").await;
    page.sees("can't be reached").await;
    page.submit("Retry").await;
    page.sees("Ada").await;
}

#[wasm_bindgen_test]
async fn nothing_typed_is_nothing_sent() {
    let page = Page::open("/", Network::new());
    page.click("Log in").await;
    page.submit("Log in").await;
    assert_eq!(page.fault("Username").await.unwrap(), "Please fill this in.");
    assert_eq!(page.fault("Password").await.unwrap(), "Please fill this in.");
    assert_eq!(focused().get_attribute("name").unwrap(), "username");
    assert_eq!(page.network.count("POST /api/login"), 0);
}

#[wasm_bindgen_test]
async fn what_a_password_manager_filled_in_silently_is_sent() {
    let network = Network::new();
    network.answer("POST /api/login", json(200, &logged_in("ada", "first")));
    let page = Page::open("/", network);
    page.click("Log in").await;
    page.fill_silently("Username", "ada").await;
    page.fill_silently("Password", "right horse").await;
    page.submit("Log in").await;
    page.sees("Ada").await;
}

#[wasm_bindgen_test]
async fn a_double_click_sends_once() {
    let (kept, keep) = gate();
    let network = Network::new();
    network.answer("POST /api/login", json(200, &logged_in("ada", "first")).after(&kept));
    let page = Page::open("/", network);
    page.click("Log in").await;
    page.fill("Username", "ada").await;
    page.fill("Password", "right horse").await;
    let button = page.find("button[type=submit]").remove(0);
    button.click();
    button.click();
    page.sees("Logging in…").await;
    assert!(button.has_attribute("aria-disabled"));
    keep.call0(&button).unwrap();
    page.sees("Ada").await;
    assert_eq!(page.network.count("POST /api/login"), 1);
}

#[wasm_bindgen_test]
async fn escape_closes_it_and_so_does_a_click_elsewhere() {
    let page = Page::open("/", Network::new());
    page.click("Log in").await;
    page.field("Username").await.focus().unwrap();
    page.key("Escape").await;
    assert!(page.find("form").is_empty());
    assert_eq!(focused().tag_name(), "SUMMARY");

    page.click("Log in").await;
    assert_eq!(page.find("form").len(), 1);
    let heading: HtmlElement = page.find("h1").remove(0);
    let init = web_sys::EventInit::new();
    init.set_bubbles(true);
    let pressed = web_sys::Event::new_with_event_init_dict("pointerdown", &init).unwrap();
    heading.dispatch_event(&pressed).unwrap();
    drawn().await;
    assert!(page.find("form").is_empty());
}

#[wasm_bindgen_test]
async fn logging_out_makes_a_guest_and_tells_the_server() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.network.answer("POST /api/logout", nothing());
    page.click("Ada").await;
    page.click("Log out").await;
    page.sees("Log in").await;
    drawn().await;
    let sent = page.network.sent("POST /api/logout");
    assert_eq!(sent[0].authorization.as_deref(), Some("Bearer first"));
    assert!(!page.shows("could not be told"));
    assert_eq!(focused().text_content().unwrap(), "Log in");
}

#[wasm_bindgen_test]
async fn logging_out_without_a_network_makes_a_guest_too_and_says_what_is_left() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.network.answer("POST /api/logout", offline());
    page.click("Ada").await;
    page.click("Log out").await;
    page.sees("could not be told").await;
    assert!(page.shows("Log in"));
    page.click("Dismiss").await;
    assert!(!page.shows("could not be told"));
    eventually("the focus", || focused().tag_name() == "H1").await;
}

#[wasm_bindgen_test]
async fn no_field_is_described_by_what_is_not_there() {
    let page = Page::open("/signup", Network::new());
    page.click("Log in").await;
    let fields = page.find("input");
    assert_eq!(fields.len(), 5);
    for field in fields {
        let ids = field.get_attribute("aria-describedby").unwrap();
        assert!(ids.split(' ').all(|id| document().get_element_by_id(id).is_some()), "{ids}");
    }
}
