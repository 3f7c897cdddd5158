//! The button that submits a form.

use leptos::prelude::*;

use crate::form::state::FormState;
use crate::i18n::texts;
use crate::view::recreate_on_change::ReactiveText;

/// The submit button. After a retryable error, its text is "Retry". While a request is pending or the form has to wait,
/// the button is `aria-disabled`. It is not `disabled`, because it would lose the focus.
#[component]
pub fn SubmitButton(
    /// The text of the button.
    #[prop(into)]
    label: Signal<&'static str>,
    /// The text while the form is being submitted.
    busy_label: &'static str,
    /// The state of the form.
    state: FormState,
) -> impl IntoView {
    let busy = state.busy();
    view! {
        <button
            type="submit"
            class="button button-primary"
            aria-disabled=move || (busy.get() || state.retry_wait() > 0).then_some("true")
        >
            <ReactiveText text=move || match () {
                () if busy.get() => busy_label,
                () if state.is_retryable() => texts().retry,
                () => label.get(),
            } />
        </button>
    }
}
