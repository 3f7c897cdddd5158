//! Downloading one's data.

use serde_json::{Value, json as value};
use shared::problem::Kind;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlAnchorElement;

use crate::network::{Answer, Network, gate, json, problem};
use crate::page::Page;

const FIRST: &str = "GET /api/me/export";
const SECOND: &str = "GET /api/me/export?before=a%2Fb%3D";

fn part(message: &str, next: Option<&str>) -> Answer {
    let user = value!({"username": "ada", "name": "Ada", "created_at": "2026", "of_tomorrow": 1});
    let messages = value!([{"body": message}]);
    json(200, &value!({"user": user, "sessions": [], "messages": messages, "wishes": [], "next": next}))
}

async fn downloaded(page: &Page) -> (String, Value) {
    page.sees("Your file is ready.").await;
    let link: HtmlAnchorElement = page.find("a[download]").remove(0).unchecked_into();
    // Not by `fetch`, which is scripted.
    let read = js_sys::Function::new_with_args(
        "url",
        "const r = new XMLHttpRequest(); r.open('GET', url, false); r.send(); return r.responseText",
    );
    let text = read.call1(&JsValue::NULL, &link.href().into()).unwrap().as_string().unwrap();
    (link.download(), serde_json::from_str(&text).unwrap())
}

#[wasm_bindgen_test]
async fn all_pages_come_in_one_file() {
    let (kept, keep) = gate();
    let network = Network::new();
    network.answer(FIRST, part("second", Some("a/b=")));
    network.answer(SECOND, part("first", None).after(&kept));
    let page = Page::open_as_ada("/account", network).await;
    page.click("Download my data").await;
    page.sees("Gathering…").await;
    page.sees("1 entry so far…").await;
    keep.call0(&kept).unwrap();
    let (name, file) = downloaded(&page).await;
    assert_eq!(name, "wishboard-ada.json");
    assert_eq!(file["messages"], value!([{"body": "second"}, {"body": "first"}]));
    assert_eq!(file["user"]["of_tomorrow"], 1, "what the app does not know is kept");
    assert_eq!(file.get("next"), None);
    assert_eq!(page.network.sent(FIRST)[0].authorization.as_deref(), Some("Bearer first"));
}

#[wasm_bindgen_test]
async fn a_page_that_does_not_come_is_told_and_it_can_be_tried_again() {
    let network = Network::new();
    network.answer(FIRST, part("second", Some("a/b=")));
    network.answers(SECOND, [problem(503, Kind::Unavailable, None), part("first", None)]);
    let page = Page::open_as_ada("/account", network).await;
    page.click("Download my data").await;
    page.sees("too much going on").await;
    assert!(page.find("a[download]").is_empty(), "half of it is nothing");
    page.click("Download my data").await;
    let (_, file) = downloaded(&page).await;
    assert_eq!(file["messages"].as_array().unwrap().len(), 2);
    assert!(!page.shows("too much going on"));
}

#[wasm_bindgen_test]
async fn nothing_is_gathered_for_somebody_else() {
    let (kept, keep) = gate();
    let network = Network::new();
    network.answer(FIRST, part("of ada", Some("a/b=")).after(&kept));
    let page = Page::open_as_ada("/account", network).await;
    page.click("Download my data").await;
    crate::session::grace_logs_in_in_another_tab();
    keep.call0(&kept).unwrap();
    page.sees("@grace").await;
    crate::page::drawn().await;
    assert_eq!(page.network.count(SECOND), 0);
    assert!(page.find("a[download]").is_empty());
}
