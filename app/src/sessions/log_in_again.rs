//! Logs in again in a dialog whose form could not be sent because the session has ended. The text in the dialog stays,
//! and one button logs in and sends the form.

use futures_util::FutureExt;
use leptos::prelude::*;
use web_sys::HtmlFormElement;

use crate::api::Error;
use crate::form::field_errors::FieldErrors;
use crate::form::state::{FormState, Submission};
use crate::sessions::log_in::{self, LogInFields, start_session};
use crate::sessions::state::Session;
use crate::view::focus::{focus_first, focus_heading};

/// The login of a dialog.
#[derive(Clone, Copy)]
pub struct LogInAgain {
    session: Session,
    /// Whether the form was rejected because the session had ended.
    is_rejected: RwSignal<bool>,
}

impl LogInAgain {
    /// The login of a dialog that has not been submitted yet.
    pub fn new(session: Session) -> Self {
        Self { session, is_rejected: RwSignal::new(false) }
    }

    /// Whether the form can be sent only after a login. Tracks changes.
    pub fn is_needed(self) -> bool {
        self.is_rejected.get() && self.session.user().is_none()
    }

    /// Returns a submission that first logs in, if this is needed.
    ///
    /// # Errors
    /// The errors of username and password.
    pub fn before(self, submission: Submission, form: &HtmlFormElement) -> Result<Submission, FieldErrors> {
        let login = untrack(|| self.is_needed()).then(|| log_in::parse(form)).transpose()?;
        let Self { session, is_rejected } = self;
        let submission = async move {
            if let Some(login) = &login {
                let author = session.active_username();
                start_session(session, "/api/login", login).await?;
                if session.active_username() != author {
                    return Err(Error::UserChanged);
                }
                is_rejected.try_set(false);
                focus_first("dialog[open] [type=submit]"); // the fields disappear
            }
            let result = submission.await;
            if result.as_ref().is_err_and(Error::needs_login) {
                is_rejected.try_set(true);
            } else if login.is_some() && result.is_ok() && !is_rejected.is_disposed() {
                focus_heading(); // the button that opened the dialog disappeared when the session ended
            }
            result
        };
        Ok(submission.boxed_local())
    }
}

/// The fields of the login, if it is needed. The username is filled in.
#[component]
pub fn LogInAgainFields(
    /// The login of the dialog.
    login: LogInAgain,
    /// The prefix of the fields' ids.
    form: &'static str,
    /// The state of the dialog's form.
    state: FormState,
) -> impl IntoView {
    let is_needed = Memo::new(move |_| login.is_needed());
    Effect::new(move || {
        if is_needed.get() {
            focus_first("dialog[open] [name=password]");
        }
    });
    let username = move || login.session.active_username().unwrap_or_default();
    view! {
        <Show when=move || is_needed.get()>
            <LogInFields form username=username() state />
        </Show>
    }
}
