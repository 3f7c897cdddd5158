//! Parts that every page is made of. Each has one type whatever closure it is given: Leptos makes
//! code for every type of view, and the browser would download it as often.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, MouseEvent};

/// A part that is drawn again when what it reads changes.
pub fn dynamic<V: IntoView + 'static>(mut view: impl FnMut() -> V + Send + 'static) -> AnyView {
    let erased: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || view().into_any());
    erased.into_any()
}

/// One part for each key, which stays as it is while its key is there, and is never made into
/// another's.
pub fn keyed(
    keys: impl Fn() -> Vec<String> + Send + Sync + 'static,
    draw: impl Fn(String) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let keys: Box<dyn Fn() -> Vec<String> + Send + Sync> = Box::new(keys);
    let draw: Arc<dyn Fn(String) -> AnyView + Send + Sync> = Arc::new(draw);
    view! { <For each=keys key=String::clone let:key>{draw(key)}</For> }.into_any()
}

/// What to do when an event comes.
pub fn handler<E: 'static>(handle: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(handle)
}

/// An attribute that has this value as long as something is so, and is not there otherwise. (The
/// value of one that only is there or not, like `hidden`, is empty.)
pub fn value_if(
    value: &'static str,
    mut is_so: impl FnMut() -> bool + Send + 'static,
) -> Box<dyn FnMut() -> Option<&'static str> + Send> {
    Box::new(move || is_so().then_some(value))
}

/// A button that does something on this page.
pub fn button(kind: &'static str, label: &'static str, click: impl FnMut() + 'static) -> AnyView {
    button_with(kind, label.into_any(), click)
}

/// A [`button`] with more than a word on it.
pub fn button_with(kind: &'static str, label: AnyView, mut click: impl FnMut() + 'static) -> AnyView {
    draw_button(kind, label, handler(move |_| click()))
}

/// A [`button`] whose word is of another language than the page's.
pub fn button_in(tag: &'static str, label: &'static str, click: impl FnMut() + 'static) -> AnyView {
    button_with("button button-small", view! { <span lang=tag>{label}</span> }.into_any(), click)
}

fn draw_button(kind: &'static str, label: AnyView, click: Box<dyn FnMut(MouseEvent)>) -> AnyView {
    view! {
        <button class=kind type="button" on:click=click>
            {label}
        </button>
    }
    .into_any()
}

/// A line of text.
pub fn line(class: &'static str, text: String) -> AnyView {
    view! { <p class=class>{text}</p> }.into_any()
}

/// What is said when something has happened. The region is always there, so that a screen reader
/// hears when it is filled.
pub fn live(
    role: &'static str,
    class: &'static str,
    mut text: impl FnMut() -> Option<String> + Send + 'static,
) -> AnyView {
    let said = dynamic(move || text().map(|text| line(class, text)));
    view! { <div role=role>{said}</div> }.into_any()
}

/// Moves the focus to the page's heading: what had it is gone.
pub fn focus_heading() {
    focus("main h1");
}

/// Moves the focus to the first that matches, once everything is drawn.
pub fn focus(selector: &'static str) {
    request_animation_frame(move || {
        let found = document().query_selector(selector).ok().flatten();
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            _ = found.focus();
        }
    });
}
