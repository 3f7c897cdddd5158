//! Changing one's password.

use futures_util::FutureExt;
use leptos::prelude::*;
use shared::account::{self, Password, Typed};
use shared::rule::Invalid;
use web_sys::HtmlFormElement;

use crate::account::sessions::Logins;
use crate::api::{self, Request};
use crate::form::check::{Check, Faults};
use crate::form::field::Field;
use crate::form::{self, Form, Sending};
use crate::session::Session;
use crate::text;

/// The form.
#[component]
pub fn ChangePassword(
    /// All others end with the password.
    logins: Logins,
) -> impl IntoView {
    let session = Session::current();
    let check = Check::new();
    let send = move |form: &HtmlFormElement| -> Result<Sending, Faults> {
        let request = Request::put("/api/me/password", &change_in(form)?);
        let form = form.clone();
        let sending = async move {
            api::call::<()>(session, request).await?;
            form.reset();
            check.tell(text::password_changed().to_owned());
            logins.load();
            Ok(())
        };
        Ok(sending.boxed_local())
    };
    view! {
        <Form
            label=text::change_password()
            busy_label=text::saving()
            check
            fields=&["current", "new"]
            send=Box::new(send)
        >
            {whose(session)}
            <Field
                form="password"
                name="current"
                kind="password"
                label=text::current_password()
                autocomplete="current-password"
                check
            />
            <Field
                form="password"
                name="new"
                kind="password"
                label=text::new_password()
                hint=text::password_hint()
                rule=|text| Password::parse(text).map(drop)
                autocomplete="new-password"
                check
            />
        </Form>
    }
}

/// Says to password managers whose password a form is about.
pub fn whose(session: Session) -> AnyView {
    let username = session.login().map(|login| login.user().username.clone());
    view! { <input hidden name="username" autocomplete="username" readonly value=username /> }.into_any()
}

fn change_in(form: &HtmlFormElement) -> Result<account::ChangePassword, Faults> {
    let mut faults = Faults::default();
    let current = faults.check("current", typed(form, "current"));
    let new = faults.check("new", Password::parse(&form::value(form, "new")));
    match (current, new) {
        (Some(current), Some(new)) => Ok(account::ChangePassword { current, new }),
        _ => Err(faults),
    }
}

/// A password that is there already: any may be tried, but for none.
pub fn typed(form: &HtmlFormElement, field: &str) -> Result<Typed, Invalid> {
    let password = form::value(form, field);
    if password.is_empty() { Err(Invalid::Empty) } else { Ok(Typed::from(password)) }
}
