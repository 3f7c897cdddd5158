//! The page to make an account on.

use futures_util::FutureExt;
use leptos::prelude::*;
use shared::account::{Login, Name, NewUsername, Password, Signup, Typed};
use shared::problem::{Kind, Problem};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlFormElement, HtmlInputElement};

use crate::account::log_in::enter;
use crate::api::Failure;
use crate::draft::{self, Draft};
use crate::element::handler;
use crate::form::check::{Check, Faults};
use crate::form::field::Field;
use crate::form::{self, Form, Sending};
use crate::route::{self, Route};
use crate::session::Session;
use crate::text;

/// Where what is typed is kept.
const PLACE: &str = "/signup";

/// The page.
#[component]
pub fn SignUp() -> impl IntoView {
    let session = Session::current();
    let check = Check::new();
    // Whose sign-up may have been answered by an answer that was lost.
    let unsure = StoredValue::new(None::<NewUsername>);
    let send = move |form: &HtmlFormElement| -> Result<Sending, Faults> {
        let signup = signup_in(form)?;
        let sending = async move {
            let was_sent =
                unsure.try_get_value().flatten().is_some_and(|username| username == signup.username);
            match sign_up(session, &signup, was_sent).await {
                Err(failure) if failure.may_pass() => {
                    unsure.try_update_value(|unsure| *unsure = Some(signup.username));
                    Err(failure)
                }
                answer => answer,
            }
        };
        Ok(sending.boxed_local())
    };
    let on_input = handler(move |event: Event| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(form) = field.and_then(|field| field.form()) {
            let fields = form::values(&form, &["username", "name"]);
            draft::keep(None, Draft { place: PLACE.to_owned(), fields, ..Draft::default() });
        }
    });
    // Who has an account, just now or before, is where they wanted to go.
    Effect::new(move |_| {
        if session.user().is_some() {
            route::replace(&route::next().unwrap_or(Route::Board));
        }
    });
    view! {
        <div class="narrow">
            <h1 tabindex="-1">{text::sign_up()}</h1>
            <p class="lead">{text::sign_up_intro()}</p>
            <div class="card" on:input=on_input>
                <Form
                    label=text::sign_up()
                    busy_label=text::signing_up()
                    check
                    fields=&["username", "name", "password"]
                    send=Box::new(send)
                >
                    <SignUpFields check />
                </Form>
            </div>
        </div>
    }
}

/// Makes the account, unless an earlier try has made it already: then it is there to log in.
async fn sign_up(session: Session, signup: &Signup, was_sent: bool) -> Result<(), Failure> {
    let answer = enter(session, "/api/signup", signup).await;
    let taken = matches!(&answer, Err(Failure::Problem(Problem { kind: Kind::UsernameTaken, .. })));
    let mut entered = answer;
    if taken && was_sent {
        let login = Login {
            username: signup.username.clone().into_username().as_str().to_owned(),
            password: Typed::from(signup.password.expose().to_owned()),
        };
        if enter(session, "/api/login", &login).await.is_ok() {
            entered = Ok(());
        }
    }
    if entered.is_ok() {
        draft::forget(None, PLACE);
    }
    entered
}

#[component]
fn SignUpFields(check: Check) -> impl IntoView {
    let kept = draft::find(None, PLACE).map(|draft| draft.fields).unwrap_or_default();
    let [username, name] = [0, 1].map(|at| kept.get(at).cloned().unwrap_or_default());
    view! {
        <Field
            form="sign-up"
            name="username"
            label=text::username()
            hint=text::username_hint()
            rule=|text| NewUsername::parse(text).map(drop)
            autocomplete="username"
            value=username
            check
        />
        <Field
            form="sign-up"
            name="name"
            label=text::name()
            hint=text::name_hint()
            autocomplete="name"
            value=name
            check
        />
        <Field
            form="sign-up"
            name="password"
            kind="password"
            label=text::password()
            hint=text::password_hint()
            rule=|text| Password::parse(text).map(drop)
            autocomplete="new-password"
            check
        />
    }
}

fn signup_in(form: &HtmlFormElement) -> Result<Signup, Faults> {
    let mut faults = Faults::default();
    let username = faults.check("username", NewUsername::parse(&form::value(form, "username")));
    let name = faults.check("name", Name::parse(&form::value(form, "name")));
    let password = faults.check("password", Password::parse(&form::value(form, "password")));
    match (username, name, password) {
        (Some(username), Some(name), Some(password)) => Ok(Signup { username, password, name }),
        _ => Err(faults),
    }
}
