//! Buttons that call a function when the user clicks. `form::submit_button` has the button that submits a form.

use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::view::reactive::{event_handler, reactive};

/// A button with a text. `class` is its CSS class.
pub fn button(class: &'static str, label: &'static str, on_click: impl FnMut() + 'static) -> AnyView {
    button_with_content(class, label.into_any(), on_click)
}

/// A button whose content is a view.
pub fn button_with_content(
    class: &'static str,
    content: AnyView,
    mut on_click: impl FnMut() + 'static,
) -> AnyView {
    erased_button(class, content, event_handler(move |_| on_click()))
}

/// A button that shows only an icon. The CSS class sets the icon. The label is the accessible name and the tooltip.
pub fn icon_button(
    class: &'static str,
    label: impl Fn() -> &'static str + Copy + Send + Sync + 'static,
    mut on_click: impl FnMut() + 'static,
) -> AnyView {
    let on_click = event_handler(move |_: MouseEvent| on_click());
    view! {
        <button class=class type="button" title=label on:click=on_click>
            <span class="visually-hidden">{reactive(label)}</span>
        </button>
    }
    .into_any()
}

// size: compiled once, not once per closure, docs/size-tricks.md#non-generic-inner-functions
fn erased_button(class: &'static str, content: AnyView, on_click: Box<dyn FnMut(MouseEvent)>) -> AnyView {
    view! {
        <button class=class type="button" on:click=on_click>
            {content}
        </button>
    }
    .into_any()
}
