//! The login form.

use futures_util::FutureExt;
use leptos::prelude::*;
use serde::Serialize;
use shared::sessions::LogInRequest;
use shared::users::PasswordInput;
use shared::validation::ValidationError;
use web_sys::HtmlFormElement;

use crate::api::{Error, Request};
use crate::form::Form;
use crate::form::field::Field;
use crate::form::field_errors::FieldErrors;
use crate::form::password_field::CurrentPasswordField;
use crate::form::state::{FormState, Submission};
use crate::form::values;
use crate::i18n::texts;
use crate::sessions::guest_links::SignUpLink;
use crate::sessions::state::Session;
use crate::sessions::{auth_requests, log_out};

/// Called after a login. The form is not on the page any more, so this has to move the focus.
pub type LoggedInHandler = Box<dyn FnMut()>;

/// The content of the login dropdown: the form, and a link to the sign-up page.
#[component]
pub fn LogInMenu(
    /// Called after the login.
    on_logged_in: LoggedInHandler,
) -> impl IntoView {
    view! {
        <LogIn form="log-in" on_logged_in />
        <p class="hint">{texts().new_here} " " <SignUpLink label=texts().shared.sign_up /></p>
    }
}

/// The form with username and password.
#[component]
pub fn LogIn(
    /// The prefix of the fields' ids. It must be unique, because a page can contain two login forms.
    form: &'static str,
    /// Called after the login.
    on_logged_in: LoggedInHandler,
) -> impl IntoView {
    let session = Session::from_context();
    let state = FormState::new();
    let on_logged_in = StoredValue::new_local(on_logged_in);
    let submit = move |form: &HtmlFormElement| -> Result<Submission, FieldErrors> {
        let request = parse(form)?;
        let submission = async move {
            start_session(session, "/api/login", &request).await?;
            on_logged_in.try_update_value(|on_logged_in| on_logged_in());
            Ok(())
        };
        Ok(submission.boxed_local())
    };
    view! {
        <Form label=texts().shared.log_in busy_label=texts().logging_in state submit=Box::new(submit)>
            <LogInFields form state />
        </Form>
    }
}

/// The fields for username and password.
#[component]
pub fn LogInFields(
    /// The prefix of the fields' ids.
    form: &'static str,
    /// The initial username.
    #[prop(optional)]
    username: String,
    /// The state of the form.
    state: FormState,
) -> impl IntoView {
    view! {
        <Field
            form
            name="username"
            label=texts().shared.username
            autocomplete="username"
            value=username
            state
        />
        <CurrentPasswordField form name="password" label=texts().shared.password state />
    }
}

/// Sends a login or a sign-up, and starts the session. Sends a pending logout first, because it would otherwise end the
/// new session.
///
/// # Errors
/// Returns any error of the request.
pub async fn start_session(session: Session, path: &str, body: &impl Serialize) -> Result<(), Error> {
    let request = Request::post(path, body);
    log_out::send_pending(session).await;
    let credentials = auth_requests::authenticate(request).await?;
    log_out::clear_pending();
    session.log_in(credentials);
    Ok(())
}

/// Parses the fields. Accepts any username and password that are not empty, because an account may be older than the
/// current validation.
///
/// # Errors
/// The errors of the fields that are empty.
pub fn parse(form: &HtmlFormElement) -> Result<LogInRequest, FieldErrors> {
    let required = |text: String| if text.is_empty() { Err(ValidationError::Empty) } else { Ok(text) };
    let mut errors = FieldErrors::default();
    let username = values::get(form, "username").trim().to_owned();
    let username = errors.check("username", required(username));
    let password = errors.check("password", required(values::get(form, "password")));
    match (username, password) {
        (Some(username), Some(password)) => {
            Ok(LogInRequest { username, password: PasswordInput::from(password) })
        }
        _ => Err(errors),
    }
}
