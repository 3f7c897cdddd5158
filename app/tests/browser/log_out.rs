//! Logging out, with and without a network, and logging in after that.

use leptos::prelude::window;
use shared::problem::Kind;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use crate::network::{Network, gate, json, logged_in, nothing, offline, problem};
use crate::page::{Page, drawn, eventually};

const OUT: &str = "POST /api/logout";

async fn ada_logs_out_offline() -> Page {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.network.answer(OUT, offline());
    page.click("Ada").await;
    page.click("Log out").await;
    page.sees("could not be told").await;
    page
}

fn online() {
    window().dispatch_event(&Event::new("online").unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn the_server_is_told_when_there_is_a_network_and_then_no_more() {
    let page = ada_logs_out_offline().await;
    assert!(page.shows("Log in"));
    page.network.answer(OUT, nothing());
    online();
    eventually("the notice to go", || !page.shows("could not be told")).await;
    assert_eq!(
        page.network.sent(OUT)[1].authorization,
        None,
        "the token was not stored: the cookie says who"
    );
    online();
    drawn().await;
    assert_eq!(page.network.count(OUT), 2);
}

#[wasm_bindgen_test]
async fn the_server_is_told_after_a_reload() {
    let mut page = ada_logs_out_offline().await;
    page.network.answer(OUT, nothing());
    page.reload();
    eventually("a log-out", || page.network.count(OUT) == 2).await;
    page.reload();
    page.sees("No messages yet").await;
    drawn().await;
    assert_eq!(page.network.count(OUT), 2);
}

#[wasm_bindgen_test]
async fn a_busy_server_is_told_again() {
    let page = Page::open_as_ada("/", Network::new()).await;
    page.network.answers(OUT, [problem(503, Kind::Unavailable, None), nothing()]);
    page.click("Ada").await;
    page.click("Log out").await;
    page.sees("could not be told").await;
    online();
    eventually("the notice to go", || !page.shows("could not be told")).await;
}

#[wasm_bindgen_test]
async fn whoever_logs_in_next_waits_until_the_log_out_is_done_and_stays_logged_in() {
    let page = ada_logs_out_offline().await;
    let (kept, keep) = gate();
    page.network.answer(OUT, nothing().after(&kept));
    page.network.answer("POST /api/login", json(200, &logged_in("grace", "hers")));
    page.click("Log in").await;
    page.fill("Username", "grace").await;
    page.fill("Password", "right horse").await;
    page.submit("Log in").await;
    drawn().await;
    assert_eq!(page.network.count("POST /api/login"), 1, "only Ada's so far");
    keep.call0(&kept).unwrap();
    page.sees("Grace").await;
    online();
    drawn().await;
    assert_eq!(page.network.count(OUT), 2, "Grace is not logged out");
    assert!(page.shows("Grace"));
}
