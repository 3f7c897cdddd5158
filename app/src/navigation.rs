//! Navigation without a page load. The app shows the page whose path is in the address bar.
//!
//! Links are plain `<a href>` elements. The app handles clicks on links to its own pages. After a navigation, the
//! heading of the new page has the focus. Back and Forward restore the scroll position.

mod link_clicks;
mod scroll_position;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::Event;

use crate::router::Route;
use crate::view::focus::focus_heading_without_scrolling;

/// The event that this file dispatches after it has changed the address, because the browser dispatches `popstate` only
/// for Back and Forward.
const NAVIGATED: &str = "wishboard:navigated";

/// Listens for navigations and for clicks on links, and puts the current route into the context. `App` calls this once.
pub fn start() -> ReadSignal<Route> {
    let (route, set_route) = signal(route_in_address_bar());
    provide_context(route);
    scroll_position::restore_after_page_load();
    let show_page = move || {
        set_route.set(route_in_address_bar());
        let scroll_position = scroll_position::saved();
        // The new page is drawn in the next frame.
        request_animation_frame(move || {
            focus_heading_without_scrolling();
            scroll_position::restore(scroll_position);
        });
    };
    let listeners = [
        window_event_listener(ev::popstate, move |_| show_page()),
        window_event_listener_untyped(NAVIGATED, move |_| show_page()),
        window_event_listener(ev::click, |click| _ = link_clicks::take_over(&click).map(|href| push(&href))),
        window_event_listener_untyped("scrollend", |_| scroll_position::save_current()),
    ];
    on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
    route
}

/// The current route, from the context.
pub fn current_route() -> ReadSignal<Route> {
    expect_context()
}

/// Navigates to a page and adds it to the history, like a click on a link.
pub fn go(route: &Route) {
    push(&route.href());
}

/// Navigates to a page and replaces the current one in the history, so that Back does not lead to it.
pub fn replace(route: &Route) {
    if let Ok(history) = window().history() {
        _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&route.href()));
    }
    dispatch_navigated();
}

fn route_in_address_bar() -> Route {
    Route::parse(&window().location().pathname().unwrap_or_default())
}

fn push(href: &str) {
    let path = href.split('?').next().unwrap_or_default();
    let is_current_page = window().location().pathname().is_ok_and(|current| current == path);
    if is_current_page {
        scroll_position::save(0.0);
    } else {
        scroll_position::save_current();
        let history = window().history();
        let pushed = history.and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(href)));
        if pushed.is_err() {
            // For example, Safari allows 100 calls in 30 seconds. The browser then loads the page instead.
            _ = window().location().assign(href);
            return;
        }
    }
    dispatch_navigated();
}

fn dispatch_navigated() {
    if let Ok(event) = Event::new(NAVIGATED) {
        _ = window().dispatch_event(&event);
    }
}
