//! The sign-up page.

use futures_util::FutureExt;
use leptos::prelude::*;
use shared::problem::{Problem, ProblemType};
use shared::sessions::LogInRequest;
use shared::users::{DisplayName, NewUsername, Password, PasswordInput, SignUpRequest};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlFormElement, HtmlInputElement};

use crate::api::Error;
use crate::form::Form;
use crate::form::field::Field;
use crate::form::field_errors::FieldErrors;
use crate::form::password_field::NewPasswordField;
use crate::form::state::{FormState, Submission};
use crate::form::values;
use crate::i18n::texts;
use crate::navigation;
use crate::router::{self, Route};
use crate::sessions::guest_links::LogInLink;
use crate::sessions::log_in::start_session;
use crate::sessions::state::Session;
use crate::storage::drafts::{self, Draft};

/// The form id of the sign-up draft.
const FORM_ID: &str = "/signup";

/// What the draft contains: the form without the password.
struct SignUpDraft {
    username: String,
    name: String,
}

/// The page with the sign-up form. Redirects once the user is logged in.
#[component]
pub fn SignUpPage() -> impl IntoView {
    let session = Session::from_context();
    let state = FormState::new();
    // The username of an attempt whose response was lost. That attempt may have created the account.
    let unconfirmed_username = StoredValue::new(None::<NewUsername>);
    let submit = move |form: &HtmlFormElement| -> Result<Submission, FieldErrors> {
        let request = parse(form)?;
        let submission = async move {
            let may_exist = unconfirmed_username
                .try_get_value()
                .flatten()
                .is_some_and(|username| username == request.username);
            let result = sign_up(session, &request, may_exist).await;
            if result.as_ref().is_err_and(Error::is_retryable) {
                unconfirmed_username.try_update_value(|username| *username = Some(request.username));
            }
            result
        };
        Ok(submission.boxed_local())
    };
    Effect::new(move |_| {
        if session.user().is_some() {
            navigation::replace(&router::page_after_sign_up().unwrap_or(Route::Messages));
        }
    });
    view! {
        <div class="narrow">
            <h1 tabindex="-1">{texts().shared.sign_up}</h1>
            <p class="lead">
                {texts().sign_up_intro} " " {texts().has_account} " " <LogInLink label=texts().shared.log_in />
            </p>
            <div class="card" on:input=save_draft>
                <Form
                    label=texts().shared.sign_up
                    busy_label=texts().signing_up
                    state
                    fields=&["username", "name", "password"]
                    submit=Box::new(submit)
                >
                    <SignUpFields state />
                </Form>
            </div>
        </div>
    }
}

/// Creates the account. If the username is taken and an earlier attempt may have created the account, tries to log in.
async fn sign_up(session: Session, request: &SignUpRequest, may_exist: bool) -> Result<(), Error> {
    let mut result = start_session(session, "/api/signup", request).await;
    let is_taken = matches!(&result, Err(Error::Problem(Problem { kind: ProblemType::UsernameTaken, .. })));
    if is_taken && may_exist {
        let login = LogInRequest {
            username: request.username.clone().into_username().as_str().to_owned(),
            password: PasswordInput::from(request.password.expose().to_owned()),
        };
        if start_session(session, "/api/login", &login).await.is_ok() {
            result = Ok(());
        }
    }
    if result.is_ok() {
        drafts::delete(None, FORM_ID);
    }
    result
}

#[component]
fn SignUpFields(state: FormState) -> impl IntoView {
    let SignUpDraft { username, name } = SignUpDraft::load();
    view! {
        <Field
            form="sign-up"
            name="username"
            label=texts().shared.username
            hint=texts().shared.username_hint
            validator=|text| NewUsername::parse(text).map(drop)
            autocomplete="username"
            value=username
            state
        />
        <Field
            form="sign-up"
            name="name"
            label=texts().shared.display_name
            hint=texts().shared.display_name_hint
            autocomplete="name"
            value=name
            state
        />
        <NewPasswordField form="sign-up" name="password" label=texts().shared.password state />
    }
}

impl SignUpDraft {
    fn load() -> Self {
        let fields = drafts::find(None, FORM_ID).map(|draft| draft.fields).unwrap_or_default();
        let [username, name] = [0, 1].map(|index| fields.get(index).cloned().unwrap_or_default());
        Self { username, name }
    }

    fn read(form: &HtmlFormElement) -> Self {
        Self { username: values::get(form, "username"), name: values::get(form, "name") }
    }

    fn save(self) {
        let fields = vec![self.username, self.name];
        drafts::save(None, Draft { form_id: FORM_ID.to_owned(), fields, ..Draft::default() });
    }
}

/// Saves the form as a draft.
fn save_draft(event: Event) {
    let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    if let Some(form) = field.and_then(|field| field.form()) {
        SignUpDraft::read(&form).save();
    }
}

fn parse(form: &HtmlFormElement) -> Result<SignUpRequest, FieldErrors> {
    let mut errors = FieldErrors::default();
    let username = errors.check("username", NewUsername::parse(&values::get(form, "username")));
    let name = errors.check("name", DisplayName::parse(&values::get(form, "name")));
    let password = errors.check("password", Password::parse(&values::get(form, "password")));
    match (username, name, password) {
        (Some(username), Some(name), Some(password)) => Ok(SignUpRequest { username, password, name }),
        _ => Err(errors),
    }
}
