//! The sign-up page.

use shared::problem::Kind;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::network::{Answer, Network, json, logged_in, offline, problem};
use crate::page::{Page, drawn, eventually, focused};

async fn sign_up(username: &str, name: &str, password: &str, answer: Answer) -> Page {
    let network = Network::new();
    network.answer("POST /api/signup", answer);
    let page = Page::open("/signup", network);
    page.fill("Username", username).await;
    page.fill("Name", name).await;
    page.fill("Password", password).await;
    page.submit("Sign up").await;
    page
}

fn welcome() -> Answer {
    json(201, &logged_in("ada", "first"))
}

#[wasm_bindgen_test]
async fn signing_up_logs_in_and_leads_to_the_messages() {
    let page = sign_up("Ada", " Ada Lovelace ", "a right horse", welcome()).await;
    page.sees("Messages").await;
    page.sees("Post a message").await;
    let sent = &page.network.sent("POST /api/signup")[0];
    assert_eq!(sent.body, r#"{"username":"ada","password":"a right horse","name":"Ada Lovelace"}"#);
    assert_eq!(leptos::prelude::window().location().pathname().unwrap(), "/");
}

#[wasm_bindgen_test]
async fn each_broken_rule_is_told_at_its_field_and_nothing_is_sent() {
    let page = sign_up("u-ada", "", "short", welcome()).await;
    assert_eq!(page.fault("Username").await.unwrap(), "A username can't begin with u- here.");
    assert_eq!(page.fault("Name").await.unwrap(), "Please fill this in.");
    assert_eq!(page.fault("Password").await.unwrap(), "Please use at least 8 characters.");
    assert_eq!(focused().get_attribute("name").unwrap(), "username");
    assert_eq!(page.network.count("POST /api/signup"), 0);
}

#[wasm_bindgen_test]
async fn a_field_that_is_being_mended_is_not_wrong_any_more() {
    let page = sign_up("Ada Lovelace", "Ada", "a right horse", welcome()).await;
    assert!(page.fault("Username").await.unwrap().contains("only letters a to z"));
    page.fill("Username", "ada").await;
    eventually("no fault", || !page.shows("only letters a to z, digits, _ and -.")).await;
    assert_eq!(page.fault("Username").await, None);
    page.submit("Sign up").await;
    page.sees("Post a message").await;
}

#[wasm_bindgen_test]
async fn the_rules_are_told_while_typing_and_broken_only_when_the_field_is_left() {
    let page = Page::open("/signup", Network::new());
    page.fill("Password", "right").await;
    eventually("the hint", || page.shows("3 more characters to go.")).await;
    assert_eq!(page.fault("Password").await, None, "one is still typing");
    page.leave("Password").await;
    assert_eq!(page.fault("Password").await.unwrap(), "Please use at least 8 characters.");
    page.fill("Password", "right h").await;
    eventually("the hint", || page.shows("1 more character to go.")).await;
    assert_eq!(page.fault("Password").await, None);
    page.fill("Password", "right horse").await;
    page.leave("Password").await;
    assert!(page.hint("Password").await.starts_with("At least 8 characters."));
    page.fill("Username", "Ada Lovelace").await;
    page.leave("Username").await;
    assert!(page.fault("Username").await.unwrap().contains("only letters a to z"));
    page.leave("Name").await;
    assert_eq!(page.fault("Name").await, None, "nothing was typed there yet");
}

#[wasm_bindgen_test]
async fn the_password_can_be_shown_and_hidden_again() {
    let page = Page::open("/signup", Network::new());
    page.fill("Password", "right horse").await;
    let reveal = page.reveal("Show password");
    for (pressed, kind) in [("true", "text"), ("false", "password")] {
        reveal.click();
        drawn().await;
        assert_eq!(reveal.get_attribute("aria-pressed").unwrap(), pressed);
        assert_eq!(page.field("Password").await.type_(), kind);
        assert_eq!(page.typed("Password").await, "right horse");
    }
    assert_eq!(page.network.count("POST /api/signup"), 0);
}

#[wasm_bindgen_test]
async fn a_taken_username_is_told_at_its_field_and_the_rest_stays() {
    let taken = problem(409, Kind::UsernameTaken, Some("username"));
    let page = sign_up("ada", "Ada", "a right horse", taken).await;
    page.sees("This username is taken.").await;
    assert!(page.fault("Username").await.unwrap().contains("is taken"));
    assert_eq!(page.fault("Password").await, None);
    assert_eq!(page.typed("Password").await, "a right horse");
    eventually("focus", || focused().get_attribute("name").as_deref() == Some("username")).await;
}

#[wasm_bindgen_test]
async fn a_weak_password_is_told_at_its_field() {
    let weak = problem(422, Kind::WeakPassword, Some("password"));
    let page = sign_up("ada", "Ada", "password1", weak).await;
    page.sees("too easy to guess").await;
    assert!(page.fault("Password").await.is_some());
}

#[wasm_bindgen_test]
async fn what_is_no_fields_fault_is_told_for_the_whole_form() {
    let page = sign_up("ada", "Ada", "a right horse", problem(500, Kind::Internal, None)).await;
    page.sees("Something went wrong at our end.").await;
    assert_eq!(page.fault("Username").await, None);
    assert_eq!(page.typed("Username").await, "ada");
}

#[wasm_bindgen_test]
async fn a_sign_up_whose_answer_was_lost_is_a_login_when_it_is_tried_again() {
    let page = sign_up("ada", "Ada", "a right horse", offline()).await;
    page.sees("can't be reached").await;
    page.network.answer("POST /api/signup", problem(409, Kind::UsernameTaken, Some("username")));
    page.network.answer("POST /api/login", json(200, &logged_in("ada", "first")));
    page.submit("Retry").await;
    page.sees("Post a message").await;
    assert_eq!(
        page.network.sent("POST /api/login")[0].body,
        r#"{"username":"ada","password":"a right horse"}"#
    );
}

#[wasm_bindgen_test]
async fn a_username_that_somebody_else_took_is_taken_after_a_lost_answer_too() {
    let page = sign_up("ada", "Ada", "a right horse", offline()).await;
    page.sees("can't be reached").await;
    page.network.answer("POST /api/signup", problem(409, Kind::UsernameTaken, Some("username")));
    page.network.answer("POST /api/login", problem(401, Kind::WrongLogin, None));
    page.submit("Retry").await;
    page.sees("This username is taken.").await;
    assert!(page.fault("Username").await.is_some());
}

#[wasm_bindgen_test]
async fn a_taken_username_is_no_reason_to_log_in() {
    let page =
        sign_up("ada", "Ada", "a right horse", problem(409, Kind::UsernameTaken, Some("username"))).await;
    page.sees("This username is taken.").await;
    assert_eq!(page.network.count("POST /api/login"), 0);
}

#[wasm_bindgen_test]
async fn signing_up_leads_back_to_where_one_was() {
    let network = Network::new();
    network.answer("POST /api/signup", welcome());
    let page = Page::open("/wishes", network);
    page.click("Sign up").await;
    page.fill("Username", "ada").await;
    page.fill("Name", "Ada").await;
    page.fill("Password", "a right horse").await;
    page.submit("Sign up").await;
    page.sees("Add a wish").await;
    assert_eq!(leptos::prelude::window().location().pathname().unwrap(), "/wishes");
}

#[wasm_bindgen_test]
async fn no_address_leads_to_another_site_or_nowhere() {
    for next in [
        "//evil.example",
        "/%5Cevil.example",
        "%2F%2Fevil.example",
        "https:%2F%2Fevil.example",
        "javascript:alert(1)",
        "/u/ada%0A",
        "%09/wishes",
        "/%09/evil.example",
        "wishes",
        "",
        "/signup",
        "/nowhere",
    ] {
        let page = Page::open_as_ada(&format!("/signup?next={next}"), Network::new()).await;
        page.sees("Post a message").await;
        let location = leptos::prelude::window().location();
        assert_eq!(
            (location.pathname().unwrap(), location.search().unwrap()),
            ("/".to_owned(), String::new())
        );
    }
}

#[wasm_bindgen_test]
async fn who_is_logged_in_already_need_not_sign_up() {
    let mut page = Page::open_as_ada("/u/ada", Network::new()).await;
    let history = leptos::prelude::window().history().unwrap();
    history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some("/signup?next=/wishes")).unwrap();
    page.reload();
    page.sees("Add a wish").await;
    assert_eq!(leptos::prelude::window().location().pathname().unwrap(), "/wishes");
}
