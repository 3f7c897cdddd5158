//! The button in a password field that shows and hides the password.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use crate::i18n::sentences;

/// The button. It must directly follow the `<input>`. Its state is in the DOM only: in `aria-pressed` of the button and
/// in `type` of the input.
#[component]
pub(super) fn PasswordVisibilityButton(
    /// The label of the input.
    label: &'static str,
) -> impl IntoView {
    let on_click = |event: MouseEvent| {
        let button = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(button) = button else { return };
        let show = button.get_attribute("aria-pressed").as_deref() == Some("false");
        if let Some(input) = button.previous_element_sibling() {
            _ = input.set_attribute("type", if show { "text" } else { "password" });
        }
        _ = button.set_attribute("aria-pressed", if show { "true" } else { "false" });
    };
    view! {
        <button
            class="password-visibility"
            type="button"
            aria-label=sentences::show_password(label)
            aria-pressed="false"
            on:click=on_click
        ></button>
    }
}
