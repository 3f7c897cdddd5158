//! The status of a form: its error, its status text, and the countdown after too many attempts.

use leptos::prelude::*;

use crate::form::state::FormState;
use crate::i18n::sentences;
use crate::view::live_region::live_region;
use crate::view::reactive::reactive;

/// The status of a form. The countdown is not in a live region, because a screen reader would announce it every second.
#[component]
pub fn FormStatus(
    /// The state of the form.
    state: FormState,
) -> impl IntoView {
    let wait = move || Some(state.retry_wait()).filter(|seconds| *seconds > 0).map(sentences::retry_wait);
    view! {
        {live_region("alert", "error-box", move || state.form_error())}
        {live_region("status", "form-status", move || state.status())}
        <p class="error-box" role="timer" tabindex="-1" hidden=move || state.retry_wait() == 0>
            {reactive(wait)}
        </p>
    }
}
