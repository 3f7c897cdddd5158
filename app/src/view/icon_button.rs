//! A button that shows only an icon.

use leptos::prelude::*;
use web_sys::MouseEvent;

/// A small button whose CSS class sets its icon.
#[component]
pub fn IconButton(
    /// The CSS class of the icon.
    icon: &'static str,
    /// The accessible name and the tooltip.
    #[prop(into)]
    label: Signal<&'static str>,
    /// Called when the user clicks.
    on_click: impl FnMut(MouseEvent) + 'static,
) -> impl IntoView {
    view! {
        <button
            class=format!("button button-small {icon}")
            type="button"
            title=move || label.get()
            on:click=on_click
        >
            <span class="visually-hidden">{move || label.get()}</span>
        </button>
    }
}
