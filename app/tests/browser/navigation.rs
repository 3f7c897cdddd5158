//! Routes, links and the browser's history.

use app::router::Route;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{MouseEvent, MouseEventInit};

use crate::support::network::Network;
use crate::support::page::{Page, focused};
use crate::support::wait::{heading_has_focus, settled};

fn current_path() -> String {
    window().location().pathname().unwrap()
}

#[wasm_bindgen_test]
fn every_route_parses_from_its_own_path() {
    for route in
        [Route::Messages, Route::Wishes, Route::UserWishes("ada".to_owned()), Route::SignUp, Route::Account]
    {
        assert_eq!(Route::parse(&route.href()), route);
    }
    assert_eq!(Route::parse("/signup/"), Route::SignUp);
    assert_eq!(Route::parse("/u/Ada"), Route::UserWishes("ada".to_owned()));
    for path in ["/u/", "/u/a", "/u/ada/more", "/u/%61da", "/u/a.da"] {
        assert_eq!(Route::parse(path), Route::NotFound, "{path}");
    }
    assert_eq!(Route::parse("//"), Route::NotFound);
    assert_eq!(Route::parse("/nowhere"), Route::NotFound);
}

#[wasm_bindgen_test]
async fn a_link_changes_the_page_the_title_and_the_focus() {
    let page = Page::open("/", Network::new()).await;
    page.click("Sign up").await;
    page.field("Name").await;
    assert_eq!(current_path(), "/signup");
    assert_eq!(document().title(), "Sign up · Wishboard");
    heading_has_focus().await;
    assert_eq!(focused().text_content().unwrap(), "Sign up");
}

#[wasm_bindgen_test]
async fn back_and_forward_show_the_pages_of_the_history() {
    let page = Page::open("/", Network::new()).await;
    page.click("Sign up").await;
    page.field("Name").await;
    window().history().unwrap().back().unwrap();
    page.wait_for("No messages yet").await;
    assert_eq!(current_path(), "/");
    window().history().unwrap().forward().unwrap();
    page.field("Name").await;
    assert_eq!(current_path(), "/signup");
    page.click("Wishboard").await;
    page.wait_for("No messages yet").await;
}

#[wasm_bindgen_test]
async fn an_unknown_path_shows_the_not_found_page() {
    let page = Page::open("/nowhere", Network::new()).await;
    page.wait_for("Page not found").await;
    page.click("Go to messages").await;
    page.wait_for("No messages yet").await;
    assert_eq!(current_path(), "/");
}

/// Clicks a link with these attributes, and returns whether the app has prevented the page load.
async fn is_handled_by_app(attributes: &str, init: &MouseEventInit) -> bool {
    let link = document().create_element("a").unwrap();
    for (name, value) in attributes.split(' ').filter_map(|attribute| attribute.split_once('=')) {
        link.set_attribute(name, value).unwrap();
    }
    document().body().unwrap().append_child(&link).unwrap();
    init.set_bubbles(true);
    init.set_cancelable(true);
    let click = MouseEvent::new_with_mouse_event_init_dict("click", init).unwrap();
    let is_handled = RwSignal::new(false);
    // This listener runs after the app's listener, because both are on the window and this one is newer.
    let last = Closure::<dyn Fn(MouseEvent)>::new(move |click: MouseEvent| {
        is_handled.set(click.default_prevented());
        click.prevent_default();
    });
    let listener = last.as_ref().unchecked_ref();
    window().add_event_listener_with_callback("click", listener).unwrap();
    link.dispatch_event(&click).unwrap();
    window().remove_event_listener_with_callback("click", listener).unwrap();
    link.remove();
    settled().await;
    is_handled.get_untracked()
}

#[wasm_bindgen_test]
async fn the_browser_handles_clicks_that_do_not_lead_to_a_page_of_the_app() {
    let _page = Page::open("/", Network::new()).await;
    let plain = MouseEventInit::new();
    assert!(is_handled_by_app("href=/signup", &plain).await);
    for attributes in [
        "href=/lite",
        "href=/api/health",
        "href=https://example.org/signup",
        "href=//example.org/",
        "href=/signup target=_blank",
        "href=/signup download=x",
        "href=#main",
        "href=javascript:void(0)",
    ] {
        assert!(!is_handled_by_app(attributes, &plain).await, "{attributes}");
    }
    for set_modifier in
        [MouseEventInit::set_ctrl_key, MouseEventInit::set_meta_key, MouseEventInit::set_shift_key]
    {
        let modified = MouseEventInit::new();
        set_modifier(&modified, true);
        assert!(!is_handled_by_app("href=/signup", &modified).await);
    }
    let middle = MouseEventInit::new();
    middle.set_button(1);
    assert!(!is_handled_by_app("href=/signup", &middle).await);
}
