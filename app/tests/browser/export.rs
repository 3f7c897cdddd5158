//! The export: downloading the user's data.

use serde_json::{Value, json as value};
use shared::problem::ProblemType;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlAnchorElement;

use crate::support::gate::Gate;
use crate::support::network::Network;
use crate::support::other_tab;
use crate::support::page::Page;
use crate::support::responses::{ScriptedResponse, json, problem};
use crate::support::wait::settled;

const FIRST_PAGE: &str = "GET /api/me/export";
const SECOND_PAGE: &str = "GET /api/me/export?before=a%2Fb%3D";

/// A page of the export. The user has a field that this version of the app does not know.
fn export_page(message: &str, next: Option<&str>) -> ScriptedResponse {
    let user = value!({"username": "ada", "name": "Ada", "created_at": "2026", "new_field": 1});
    let messages = value!([{"body": message}]);
    json(200, &value!({"user": user, "sessions": [], "messages": messages, "wishes": [], "next": next}))
}

/// The name and content of the file.
async fn downloaded_file(page: &Page) -> (String, Value) {
    page.wait_for("Your file is ready.").await;
    let link: HtmlAnchorElement = page.find("a[download]").remove(0).unchecked_into();
    // Uses `XMLHttpRequest`, because `fetch` is scripted.
    let read = js_sys::Function::new_with_args(
        "url",
        "const r = new XMLHttpRequest(); r.open('GET', url, false); r.send(); return r.responseText",
    );
    let text = read.call1(&JsValue::NULL, &link.href().into()).unwrap().as_string().unwrap();
    (link.download(), serde_json::from_str(&text).unwrap())
}

#[wasm_bindgen_test]
async fn all_pages_of_the_export_are_in_one_file() {
    let gate = Gate::new();
    let network = Network::new();
    network.respond(FIRST_PAGE, export_page("second", Some("a/b=")));
    network.respond(SECOND_PAGE, export_page("first", None).behind(&gate));
    let page = Page::open_as_ada("/account", network).await;
    page.click("Download my data").await;
    page.wait_for("Preparing your file…").await;
    page.wait_for("1 entry so far…").await;
    gate.open();
    let (name, file) = downloaded_file(&page).await;
    assert_eq!(name, "wishboard-ada.json");
    assert_eq!(file["messages"], value!([{"body": "second"}, {"body": "first"}]));
    assert_eq!(file["user"]["new_field"], 1, "the file contains unknown fields");
    assert_eq!(file.get("next"), None);
    assert_eq!(page.network.sent(FIRST_PAGE)[0].authorization.as_deref(), Some("Bearer first"));
}

#[wasm_bindgen_test]
async fn a_failed_export_shows_the_error_and_can_be_retried() {
    let network = Network::new();
    network.respond(FIRST_PAGE, export_page("second", Some("a/b=")));
    network.respond_in_turn(
        SECOND_PAGE,
        [problem(503, ProblemType::Unavailable, None), export_page("first", None)],
    );
    let page = Page::open_as_ada("/account", network).await;
    page.click("Download my data").await;
    page.wait_for("Wishboard is busy.").await;
    assert!(page.find("a[download]").is_empty(), "there is no file with incomplete data");
    page.click("Download my data").await;
    let (_, file) = downloaded_file(&page).await;
    assert_eq!(file["messages"].as_array().unwrap().len(), 2);
    assert!(!page.shows("Wishboard is busy."));
}

#[wasm_bindgen_test]
async fn an_export_stops_when_another_user_logs_in() {
    let gate = Gate::new();
    let network = Network::new();
    network.respond(FIRST_PAGE, export_page("of ada", Some("a/b=")).behind(&gate));
    let page = Page::open_as_ada("/account", network).await;
    page.click("Download my data").await;
    other_tab::grace_logs_in();
    gate.open();
    page.wait_for("@grace").await;
    settled().await;
    assert_eq!(page.network.count(SECOND_PAGE), 0);
    assert!(page.find("a[download]").is_empty());
}
