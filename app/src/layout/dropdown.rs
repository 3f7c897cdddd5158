//! A dropdown: a `<details>` element that closes when the user presses Escape, clicks elsewhere or moves the focus out
//! of it.

use js_sys::Reflect;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, HtmlElement, Node};

/// The dropdown. A click on `summary` opens and closes it.
#[component]
pub fn Dropdown(
    summary: AnyView,
    /// Called when the dropdown opens or closes.
    #[prop(default = Box::new(|| {}))]
    on_toggle: Box<dyn Fn()>,
    children: Children,
) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let pointer_down =
        window_event_listener(ev::pointerdown, move |event| close_unless_inside(details, event.target()));
    let focus_in =
        window_event_listener(ev::focusin, move |event| close_unless_inside(details, event.target()));
    on_cleanup(move || {
        pointer_down.remove();
        focus_in.remove();
    });
    let on_key_down = move |event: ev::KeyboardEvent| {
        if let (true, Some(details)) = (is_escape(&event), details.get_untracked()) {
            details.set_open(false);
            let summary = details.first_element_child();
            let summary = summary.and_then(|summary| summary.dyn_into::<HtmlElement>().ok());
            _ = summary.map(|summary| summary.focus());
        }
    };
    view! {
        <details
            class="dropdown"
            node_ref=details
            on:toggle=move |_| on_toggle()
            on:keydown=on_key_down
        >
            <summary class="bar-link">{summary}</summary>
            <div class="dropdown-panel">{children()}</div>
        </details>
    }
}

/// Whether the key is Escape. Autofill in Chromium dispatches an event without a key.
fn is_escape(event: &JsValue) -> bool {
    Reflect::get(event, &"key".into()).is_ok_and(|key| key == "Escape")
}

fn close_unless_inside(details: NodeRef<html::Details>, target: Option<EventTarget>) {
    let target = target.and_then(|target| target.dyn_into::<Node>().ok());
    if let Some(details) = details.get_untracked()
        && !details.contains(target.as_ref())
    {
        details.set_open(false);
    }
}
