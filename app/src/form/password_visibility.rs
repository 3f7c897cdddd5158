//! The button in a password field that shows and hides the password.

use leptos::prelude::*;

use crate::i18n::sentences;

/// The button. Toggles `is_shown`, which decides the type of the input.
#[component]
pub(super) fn PasswordVisibilityButton(
    /// The label of the input.
    label: &'static str,
    /// Whether the input shows the password.
    is_shown: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <button
            class="password-visibility"
            type="button"
            aria-label=sentences::show_password(label)
            aria-pressed=move || if is_shown.get() { "true" } else { "false" }
            on:click=move |_| is_shown.update(|is_shown| *is_shown = !*is_shown)
        ></button>
    }
}
