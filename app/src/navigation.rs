//! Which page is shown: the address bar decides, by the browser's own history.
//!
//! Links are plain `<a href>`; this file takes the clicks that lead to another page of ours.
//! After a change of page the focus is on the new page's heading, and Back finds the place
//! one had scrolled to.

use leptos::ev;
use leptos::prelude::*;
use shared::account::Username;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, FocusOptions, HtmlAnchorElement, HtmlElement, MouseEvent, ScrollRestoration,
    UrlSearchParams,
};

/// Every page there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The messages.
    Board,
    /// What everybody wishes for.
    Wishes,
    /// What one person, by their username, wishes for.
    Person(String),
    /// Making an account.
    SignUp,
    /// What people do with their own account.
    Account,
    /// An address that leads nowhere.
    NotFound,
}

impl Route {
    /// The page at a path. One trailing slash is forgiven.
    pub fn parse(path: &str) -> Self {
        match path.strip_suffix('/').unwrap_or(path) {
            "" => Self::Board,
            "/wishes" => Self::Wishes,
            "/signup" => Self::SignUp,
            "/account" => Self::Account,
            path => Self::person(path).unwrap_or(Self::NotFound),
        }
    }

    fn person(path: &str) -> Option<Self> {
        let username = Username::parse(path.strip_prefix("/u/")?).ok()?;
        Some(Self::Person(username.as_str().to_owned()))
    }

    /// The path of the page.
    pub fn href(&self) -> String {
        match self {
            Self::Board => "/".to_owned(),
            Self::Wishes => "/wishes".to_owned(),
            Self::Person(username) => format!("/u/{username}"),
            Self::SignUp => "/signup".to_owned(),
            Self::Account => "/account".to_owned(),
            Self::NotFound => "/404".to_owned(),
        }
    }
}

impl Route {
    /// The address to sign up at, for somebody who then wants to go on here.
    pub fn to_sign_up(&self) -> String {
        match self {
            Self::Board | Self::SignUp | Self::NotFound => Self::SignUp.href(),
            here => format!("{}?next={}", Self::SignUp.href(), here.href()),
        }
    }
}

/// Where the address says that somebody wants to go next: to a page of ours, or nowhere. What it says
/// is never followed as it is, so that no other site can be meant.
pub fn next() -> Option<Route> {
    let query = window().location().search().ok()?;
    let path = UrlSearchParams::new_with_str(&query).ok()?.get("next")?;
    let plain = !path.contains(|c: char| c.is_control() || c.is_whitespace());
    let route = Some(Route::parse(&path)).filter(|_| plain && path.starts_with('/'));
    route.filter(|route| !matches!(route, Route::NotFound | Route::SignUp))
}

/// How long to wait for a page to grow: about three seconds.
const FRAMES: u32 = 180;

/// Told to the window when [`go`] has changed the address: the browser itself tells of Back and
/// Forward only.
const WENT: &str = "wishboard:went";

/// Shows another page, as if a link to it had been followed.
pub fn go(route: &Route) {
    go_to(&route.href());
}

/// Shows another page in place of this one, which Back does not lead to.
pub fn replace(route: &Route) {
    if let Ok(history) = window().history() {
        _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&route.href()));
    }
    tell();
}

/// The page to show now and whenever that changes. Called once, by the app.
pub fn follow() -> ReadSignal<Route> {
    let (route, set_route) = signal(current());
    take_over_scrolling();
    let arrive = move || {
        set_route.set(current());
        settle(saved());
    };
    let listeners = [
        window_event_listener(ev::popstate, move |_| arrive()),
        window_event_listener_untyped(WENT, move |_| arrive()),
        window_event_listener(ev::click, take_click),
        window_event_listener_untyped("scrollend", |_| save(scrolled())),
    ];
    on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
    route
}

fn current() -> Route {
    Route::parse(&window().location().pathname().unwrap_or_default())
}

fn go_to(href: &str) {
    let path = href.split('?').next().unwrap_or_default();
    let again = window().location().pathname().is_ok_and(|here| here == path);
    save(if again { 0.0 } else { scrolled() });
    if let (false, Ok(history)) = (again, window().history()) {
        _ = history.push_state_with_url(&JsValue::NULL, "", Some(href));
    }
    tell();
}

fn tell() {
    if let Ok(went) = Event::new(WENT) {
        _ = window().dispatch_event(&went);
    }
}

/// A click on a link to one of our pages becomes a change of page; all others are the browser's.
fn take_click(click: MouseEvent) {
    let modified = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    if modified || click.button() != 0 || click.default_prevented() {
        return;
    }
    let link = click.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = link.and_then(|element| element.closest("a[href]").ok().flatten());
    let Some(link) = link.and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok()) else { return };
    let elsewhere = !link.target().is_empty() || link.has_attribute("download");
    let same_origin = window().location().origin().is_ok_and(|origin| origin == link.origin());
    let ours = Route::parse(&link.pathname()) != Route::NotFound;
    if !elsewhere && same_origin && ours && link.hash().is_empty() {
        click.prevent_default();
        go_to(&format!("{}{}", link.pathname(), link.search()));
    }
}

/// The browser would scroll before the page's content is there.
fn take_over_scrolling() {
    if let Ok(history) = window().history() {
        _ = history.set_scroll_restoration(ScrollRestoration::Manual);
    }
    scroll_when_possible(saved(), FRAMES);
}

fn scrolled() -> f64 {
    window().scroll_y().unwrap_or(0.0)
}

/// Notes in the history's entry how far down one is, in pixels; that survives a reload, too.
fn save(scroll: f64) {
    if let Ok(history) = window().history() {
        _ = history.replace_state_with_url(&scroll.into(), "", None);
    }
}

fn saved() -> f64 {
    window()
        .history()
        .and_then(|history| history.state())
        .ok()
        .and_then(|state| state.as_f64())
        .unwrap_or(0.0)
}

/// Once the new page is drawn: focus to its heading, then the scroll position.
fn settle(scroll: f64) {
    request_animation_frame(move || {
        let heading = document().query_selector("main h1").ok().flatten();
        if let Some(heading) = heading.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            let quietly = FocusOptions::new();
            quietly.set_prevent_scroll(true);
            _ = heading.focus_with_options(&quietly);
        }
        window().scroll_to_with_x_and_y(0.0, 0.0);
        scroll_when_possible(scroll, FRAMES);
    });
}

/// Scrolls as soon as the page has grown long enough, in at most so many frames; gives up when
/// the person scrolls.
fn scroll_when_possible(to: f64, frames: u32) {
    let Some(root) = document().document_element() else { return };
    let longest = f64::from(root.scroll_height() - root.client_height());
    if scrolled() > 0.0 || to == 0.0 {
        return;
    }
    if longest >= to || frames == 0 {
        window().scroll_to_with_x_and_y(0.0, to);
    } else {
        request_animation_frame(move || scroll_when_possible(to, frames - 1));
    }
}
