//! Handles clicks on links to pages of the app.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use crate::router::Route;

/// Takes over a plain click on a link to a page of the app: prevents the page load, and returns the path and the query
/// of the page. The browser handles all other clicks: those with a modifier key or another mouse button, and those on
/// links that lead to another site or to a fragment, start a download, or have a `target`.
pub(super) fn take_over(click: &MouseEvent) -> Option<String> {
    let has_modifier = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
    if has_modifier || click.button() != 0 || click.default_prevented() {
        return None;
    }
    let link = clicked_link(click)?;
    let opens_elsewhere = !link.target().is_empty() || link.has_attribute("download");
    let is_same_origin = window().location().origin().is_ok_and(|origin| origin == link.origin());
    let is_page = Route::parse(&link.pathname()) != Route::NotFound;
    if opens_elsewhere || !is_same_origin || !is_page || !link.hash().is_empty() {
        return None;
    }
    click.prevent_default();
    Some(format!("{}{}", link.pathname(), link.search()))
}

fn clicked_link(click: &MouseEvent) -> Option<HtmlAnchorElement> {
    let target: Element = click.target()?.dyn_into().ok()?;
    target.closest("a[href]").ok().flatten()?.dyn_into().ok()
}
