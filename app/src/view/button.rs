//! Buttons that call a function when the user clicks. `form::submit_button` has the button that submits a form.

use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::view::recreate_on_change::ReactiveText;

/// A button with any content, usually a text.
// size: takes a callback, so that all handlers have one type, docs/size-tricks.md#erased-view-types
#[component]
pub fn Button(
    /// The CSS class.
    class: &'static str,
    /// Called when the user clicks.
    #[prop(into)]
    on_click: UnsyncCallback<MouseEvent>,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <button class=class type="button" on:click=move |event| on_click.run(event)>
            {children()}
        </button>
    }
}

/// A small button that shows only an icon.
#[component]
pub fn IconButton(
    /// The CSS class of the icon.
    icon: &'static str,
    /// The accessible name and the tooltip.
    #[prop(into)]
    label: Signal<&'static str>,
    /// Called when the user clicks.
    #[prop(into)]
    on_click: UnsyncCallback<MouseEvent>,
) -> impl IntoView {
    view! {
        <button
            class=format!("button button-small {icon}")
            type="button"
            title=move || label.get()
            on:click=move |event| on_click.run(event)
        >
            <span class="visually-hidden">
                <ReactiveText text=move || label.get() />
            </span>
        </button>
    }
}
