//! The form to log in with.

use futures_util::FutureExt;
use leptos::prelude::*;
use shared::account::{Login, Typed};
use shared::rule::Invalid;
use web_sys::HtmlFormElement;

use crate::api::{self, Request};
use crate::form::check::{Check, Faults};
use crate::form::field::Field;
use crate::form::{self, Form, Sending};
use crate::session::Session;
use crate::text;

/// In the navigation bar, and wherever a guest wants to go on.
#[component]
pub fn LogIn(
    /// What the form is called, as there may be two on a page.
    form: &'static str,
) -> impl IntoView {
    let session = Session::current();
    let check = Check::new();
    let send = move |form: &HtmlFormElement| -> Result<Sending, Faults> {
        let request = Request::post("/api/login", &login_in(form)?);
        Ok(async move { api::enter(request).await.map(|login| session.log_in(login)) }.boxed_local())
    };
    view! {
        <Form label=text::log_in() busy_label=text::logging_in() check send=Box::new(send)>
            <Field form name="username" label=text::username() autocomplete="username" check />
            <Field
                form
                name="password"
                kind="password"
                label=text::password()
                autocomplete="current-password"
                check
            />
        </Form>
    }
}

/// Any username and password may be tried; only nothing at all is not worth asking.
fn login_in(form: &HtmlFormElement) -> Result<Login, Faults> {
    let filled = |text: String| if text.is_empty() { Err(Invalid::Empty) } else { Ok(text) };
    let mut faults = Faults::default();
    let username = faults.check("username", filled(form::value(form, "username").trim().to_owned()));
    let password = faults.check("password", filled(form::value(form, "password")));
    match (username, password) {
        (Some(username), Some(password)) => Ok(Login { username, password: Typed::from(password) }),
        _ => Err(faults),
    }
}
