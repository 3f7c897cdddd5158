//! The page to make an account on.

use futures_util::FutureExt;
use leptos::prelude::*;
use shared::account::{Name, NewUsername, Password, Signup};
use web_sys::HtmlFormElement;

use crate::api::{self, Request};
use crate::form::check::{Check, Faults};
use crate::form::field::Field;
use crate::form::{self, Form, Sending};
use crate::route::{self, Route};
use crate::session::Session;
use crate::text;

/// The page.
#[component]
pub fn SignUp() -> impl IntoView {
    let session = Session::current();
    let check = Check::new();
    let send = move |form: &HtmlFormElement| -> Result<Sending, Faults> {
        let request = Request::post("/api/signup", &signup_in(form)?);
        let sending = async move {
            session.log_in(api::enter(request).await?);
            route::go(&Route::Board);
            Ok(())
        };
        Ok(sending.boxed_local())
    };
    view! {
        <div class="narrow">
            <h1 tabindex="-1">{text::sign_up()}</h1>
            <p class="lead">{text::sign_up_intro()}</p>
            <div class="card">
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

#[component]
fn SignUpFields(check: Check) -> impl IntoView {
    view! {
        <Field
            form="sign-up"
            name="username"
            label=text::username()
            hint=text::username_hint()
            rule=|text| NewUsername::parse(text).map(drop)
            autocomplete="username"
            check
        />
        <Field
            form="sign-up"
            name="name"
            label=text::name()
            hint=text::name_hint()
            autocomplete="name"
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
