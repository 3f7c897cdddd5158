//! The login form in the navigation bar.

use leptos::prelude::{document, window};
use shared::problem::ProblemType;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventInit, HtmlElement};

use crate::support::fixtures::logged_in;
use crate::support::gate::Gate;
use crate::support::network::Network;
use crate::support::page::{Page, focused};
use crate::support::responses::{json, network_error, problem};
use crate::support::wait::{drawn, field_has_focus};

#[wasm_bindgen_test]
async fn the_menu_shows_the_display_name_after_the_login() {
    let network = Network::new();
    network.respond("POST /api/login", json(200, &logged_in("ada", "first")));
    let page = Page::open("/", network).await;
    page.log_in(" ada ", "right horse").await;
    page.wait_for("Ada").await;
    assert!(!page.shows("Log in"), "the login form has disappeared");
    assert!(!page.shows("Log out"), "the dropdown is closed");
    let sent = &page.network.sent("POST /api/login")[0];
    assert_eq!(sent.body, r#"{"username":"ada","password":"right horse"}"#);
}

#[wasm_bindgen_test]
async fn a_wrong_password_shows_an_error_and_keeps_the_typed_text() {
    let network = Network::new();
    network.respond("POST /api/login", problem(401, ProblemType::WrongLogin, None));
    let page = Page::open("/", network).await;
    page.log_in(" ada ", "wrong horse").await;
    page.wait_for("The username or password is wrong.").await;
    assert_eq!(page.value("Username").await, " ada ");
    assert_eq!(page.value("Password").await, "wrong horse");
    assert_eq!(page.network.count("POST /api/token"), 0);
}

#[wasm_bindgen_test]
async fn the_username_has_the_focus_and_after_an_error_the_selected_password() {
    let network = Network::new();
    network.respond("POST /api/login", problem(401, ProblemType::WrongLogin, None));
    let page = Page::open("/", network).await;
    page.click("Log in").await;
    field_has_focus("username").await;
    page.submit_login("ada", "wrong horse").await;
    page.wait_for("The username or password is wrong.").await;
    field_has_focus("password").await;
    let password = page.field("Password").await;
    let selection = (password.selection_start().unwrap(), password.selection_end().unwrap());
    assert_eq!(selection, (Some(0), Some("wrong horse".len() as u32)));
}

#[wasm_bindgen_test]
async fn a_login_over_plain_http_shows_that_the_browser_cannot_keep_it() {
    let set_secure_context = |value: bool| {
        let descriptor = js_sys::Object::new();
        for (key, value) in [("value", value), ("configurable", true)] {
            js_sys::Reflect::set(&descriptor, &key.into(), &value.into()).unwrap();
        }
        js_sys::Object::define_property(&window(), &"isSecureContext".into(), &descriptor);
    };
    for (is_secure, shows_notice) in [(false, true), (true, false)] {
        set_secure_context(is_secure);
        let page = Page::open_as_ada("/", Network::new()).await;
        set_secure_context(true);
        page.wait_for("Post a message").await;
        assert_eq!(page.shows("https or http://localhost"), shows_notice);
    }
}

#[wasm_bindgen_test]
async fn a_login_that_failed_offline_can_be_retried() {
    let network = Network::new();
    network.respond_in_turn("POST /api/login", [network_error(), json(200, &logged_in("ada", "first"))]);
    let page = Page::open("/", network).await;
    page.log_in(" ada ", "right horse").await;
    page.wait_for("can't be reached").await;
    page.submit("Retry").await;
    page.wait_for("Ada").await;
}

#[wasm_bindgen_test]
async fn an_empty_form_is_not_sent() {
    let page = Page::open("/", Network::new()).await;
    page.click("Log in").await;
    page.submit("Log in").await;
    assert_eq!(page.field_error("Username").await.unwrap(), "This can't be empty.");
    assert_eq!(page.field_error("Password").await.unwrap(), "This can't be empty.");
    assert_eq!(focused().get_attribute("name").unwrap(), "username");
    assert_eq!(page.network.count("POST /api/login"), 0);
}

#[wasm_bindgen_test]
async fn values_filled_in_without_an_event_are_sent() {
    let network = Network::new();
    network.respond("POST /api/login", json(200, &logged_in("ada", "first")));
    let page = Page::open("/", network).await;
    page.click("Log in").await;
    page.autofill("Username", "ada").await;
    page.autofill("Password", "right horse").await;
    page.submit("Log in").await;
    page.wait_for("Ada").await;
}

#[wasm_bindgen_test]
async fn a_double_click_sends_one_login() {
    let gate = Gate::new();
    let network = Network::new();
    network.respond("POST /api/login", json(200, &logged_in("ada", "first")).behind(&gate));
    let page = Page::open("/", network).await;
    page.click("Log in").await;
    page.fill("Username", "ada").await;
    page.fill("Password", "right horse").await;
    let button = page.find("button[type=submit]").remove(0);
    button.click();
    button.click();
    page.wait_for("Logging in…").await;
    assert!(button.has_attribute("aria-disabled"));
    gate.open();
    page.wait_for("Ada").await;
    assert_eq!(page.network.count("POST /api/login"), 1);
}

#[wasm_bindgen_test]
async fn escape_or_a_click_elsewhere_closes_the_dropdown() {
    let page = Page::open("/", Network::new()).await;
    page.click("Log in").await;
    page.field("Username").await.focus().unwrap();
    page.press_key("Escape").await;
    assert!(page.find("form").is_empty());
    assert_eq!(focused().tag_name(), "SUMMARY");

    page.click("Log in").await;
    assert_eq!(page.find("form").len(), 1);
    let heading: HtmlElement = page.find("h1").remove(0);
    let init = EventInit::new();
    init.set_bubbles(true);
    let pointer_down = Event::new_with_event_init_dict("pointerdown", &init).unwrap();
    heading.dispatch_event(&pointer_down).unwrap();
    drawn().await;
    assert!(page.find("form").is_empty());
}

#[wasm_bindgen_test]
async fn aria_describedby_refers_to_existing_elements() {
    let page = Page::open("/signup", Network::new()).await;
    page.click("Log in").await;
    let fields = page.find("input");
    assert_eq!(fields.len(), 5);
    for field in fields {
        let ids = field.get_attribute("aria-describedby").unwrap();
        assert!(ids.split(' ').all(|id| document().get_element_by_id(id).is_some()), "{ids}");
    }
}
