//! The status of a form: its error, its status text, and the countdown after too many attempts.

use leptos::prelude::*;

use crate::form::state::FormState;
use crate::i18n::sentences;
use crate::view::live_region::LiveRegion;
use crate::view::recreate_on_change::ReactiveText;

/// The status of a form. The countdown is not in a live region, because a screen reader would announce it every second.
#[component]
pub fn FormStatus(
    /// The state of the form.
    state: FormState,
) -> impl IntoView {
    view! {
        <LiveRegion role="alert" class="error-box" text=move || state.form_error() />
        <LiveRegion role="status" class="form-status" text=move || state.status() />
        <p class="error-box" role="timer" tabindex="-1" hidden=move || state.retry_wait() == 0>
            <ReactiveText text=move || sentences::retry_wait(state.retry_wait()) />
        </p>
    }
}
