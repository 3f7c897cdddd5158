//! Moves the keyboard focus after the page has changed, because the focus is lost when the focused element is removed.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, HtmlInputElement};

/// The selector of the page's heading. The heading has `tabindex="-1"`, so that it can receive the focus.
const PAGE_HEADING: &str = "main h1";

/// Moves the focus to the page's heading in the next animation frame, after pending changes are in the DOM.
pub fn focus_heading() {
    focus_first(PAGE_HEADING);
}

/// Moves the focus to the first element of the page that matches the selector, in the next animation frame.
pub fn focus_first(selector: &'static str) {
    if let Some(root) = document().document_element() {
        focus_in(root, selector);
    }
}

/// Moves the focus to the first matching element in `container`, in the next animation frame.
pub fn focus_in(container: Element, selector: &'static str) {
    request_animation_frame(move || {
        if let Some(element) = find(&container, selector) {
            _ = element.focus();
        }
    });
}

/// Moves the focus to the first matching field in `container`, and selects its text, in the next animation frame.
pub fn select_in(container: Element, selector: &'static str) {
    request_animation_frame(move || {
        let field = find(&container, selector).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = field {
            _ = field.focus();
            field.select();
        }
    });
}

/// Moves the focus to the page's heading immediately, without changing the scroll position.
pub fn focus_heading_without_scrolling() {
    if let Some(heading) = find_first(PAGE_HEADING) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        _ = heading.focus_with_options(&options);
    }
}

/// Returns the first element of the page that matches the selector.
pub fn find_first(selector: &str) -> Option<HtmlElement> {
    find(&document().document_element()?, selector)
}

fn find(container: &Element, selector: &str) -> Option<HtmlElement> {
    container.query_selector(selector).ok().flatten()?.dyn_into().ok()
}
