//! The login form that a dialog shows if its form could not be sent because the session has ended. The text in the
//! dialog stays.

use leptos::prelude::*;

use crate::form::state::FormState;
use crate::sessions::log_in::LogIn;
use crate::sessions::state::Session;
use crate::view::focus::focus_first;

/// The login form. It is hidden unless the dialog's form needs a login.
#[component]
pub fn LogInAgain(
    /// The state of the dialog's form.
    state: FormState,
    /// The prefix of the ids of the login form.
    form: &'static str,
) -> impl IntoView {
    let session = Session::from_context();
    let is_needed = Memo::new(move |_| state.needs_login() && session.user().is_none());
    Effect::new(move || {
        if is_needed.get() {
            focus_first("dialog[open] .log-in-again input");
        }
    });
    let on_logged_in = move || {
        state.clear();
        focus_first("dialog[open] [type=submit]");
    };
    view! {
        <Show when=move || is_needed.get()>
            <div class="log-in-again">
                <LogIn form on_logged_in=Box::new(on_logged_in) />
            </div>
        </Show>
    }
}
