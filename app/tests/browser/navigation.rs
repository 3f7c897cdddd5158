//! Going from page to page.

use app::route::Route;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{MouseEvent, MouseEventInit};

use crate::network::Network;
use crate::page::{Page, drawn, eventually, focused};

fn path() -> String {
    window().location().pathname().unwrap()
}

#[wasm_bindgen_test]
fn every_page_is_found_at_its_own_address() {
    for route in [Route::Board, Route::Wishes, Route::Person("ada".to_owned()), Route::SignUp, Route::Account]
    {
        assert_eq!(Route::parse(&route.href()), route);
    }
    assert_eq!(Route::parse("/signup/"), Route::SignUp);
    assert_eq!(Route::parse("/u/Ada"), Route::Person("ada".to_owned()));
    for path in ["/u/", "/u/a", "/u/ada/more", "/u/%61da", "/u/a.da"] {
        assert_eq!(Route::parse(path), Route::NotFound, "{path}");
    }
    assert_eq!(Route::parse("//"), Route::NotFound);
    assert_eq!(Route::parse("/nowhere"), Route::NotFound);
}

#[wasm_bindgen_test]
async fn a_link_changes_the_page_its_title_and_the_focus() {
    let page = Page::open("/", Network::new());
    page.click("Sign up").await;
    page.field("Name").await;
    assert_eq!(path(), "/signup");
    assert_eq!(document().title(), "Sign up · Wishboard");
    eventually("focus on the heading", || focused().tag_name() == "H1").await;
    assert_eq!(focused().text_content().unwrap(), "Sign up");
}

#[wasm_bindgen_test]
async fn back_and_forward_lead_to_the_pages_one_has_seen() {
    let page = Page::open("/", Network::new());
    page.click("Sign up").await;
    page.field("Name").await;
    window().history().unwrap().back().unwrap();
    page.sees("No messages yet").await;
    assert_eq!(path(), "/");
    window().history().unwrap().forward().unwrap();
    page.field("Name").await;
    assert_eq!(path(), "/signup");
    page.click("Wishboard").await;
    page.sees("No messages yet").await;
}

#[wasm_bindgen_test]
async fn an_unknown_address_says_so_and_leads_home() {
    let page = Page::open("/nowhere", Network::new());
    page.sees("There is nothing here").await;
    page.click("To the messages").await;
    page.sees("No messages yet").await;
    assert_eq!(path(), "/");
}

/// Clicks a link and tells whether the app took the click from the browser.
async fn is_taken(link: &str, init: &MouseEventInit) -> bool {
    let holder = document().create_element("p").unwrap();
    document().body().unwrap().append_child(&holder).unwrap();
    let anchor = document().create_element("a").unwrap();
    for (name, value) in link.split(' ').filter_map(|attribute| attribute.split_once('=')) {
        anchor.set_attribute(name, value).unwrap();
    }
    holder.append_child(&anchor).unwrap();
    init.set_bubbles(true);
    init.set_cancelable(true);
    let click = MouseEvent::new_with_mouse_event_init_dict("click", init).unwrap();
    let taken = RwSignal::new(false);
    // The app listens at the window, and so does this, after it.
    let last = Closure::<dyn Fn(MouseEvent)>::new(move |click: MouseEvent| {
        taken.set(click.default_prevented());
        click.prevent_default();
    });
    let listener = last.as_ref().unchecked_ref();
    window().add_event_listener_with_callback("click", listener).unwrap();
    anchor.dispatch_event(&click).unwrap();
    window().remove_event_listener_with_callback("click", listener).unwrap();
    holder.remove();
    drawn().await;
    taken.get_untracked()
}

#[wasm_bindgen_test]
async fn the_browser_keeps_the_clicks_that_are_its_own() {
    let _page = Page::open("/", Network::new());
    let plain = MouseEventInit::new();
    assert!(is_taken("href=/signup", &plain).await);
    for link in [
        "href=/lite",
        "href=/api/health",
        "href=https://example.org/signup",
        "href=//example.org/",
        "href=/signup target=_blank",
        "href=/signup download=x",
        "href=#main",
        "href=javascript:void(0)",
    ] {
        assert!(!is_taken(link, &plain).await, "{link}");
    }
    for modify in [MouseEventInit::set_ctrl_key, MouseEventInit::set_meta_key, MouseEventInit::set_shift_key]
    {
        let modified = MouseEventInit::new();
        modify(&modified, true);
        assert!(!is_taken("href=/signup", &modified).await);
    }
    let middle = MouseEventInit::new();
    middle.set_button(1);
    assert!(!is_taken("href=/signup", &middle).await);
}
