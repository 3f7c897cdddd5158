//! The form to log in with.

use futures_util::FutureExt;
use leptos::prelude::*;
use serde::Serialize;
use shared::account::{Login, Typed};
use shared::rule::Invalid;
use web_sys::HtmlFormElement;

use crate::account::leave;
use crate::api::{self, Failure, Request};
use crate::element::{dynamic, handler};
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
    /// What to do then: this form is gone, and with it what had the focus.
    then: Box<dyn FnMut(())>,
) -> impl IntoView {
    let session = Session::current();
    let check = Check::new();
    let then = StoredValue::new_local(then);
    let send = move |form: &HtmlFormElement| -> Result<Sending, Faults> {
        let login = login_in(form)?;
        let sending = async move {
            enter(session, "/api/login", &login).await?;
            then.try_update_value(|then| then(()));
            Ok(())
        };
        Ok(sending.boxed_local())
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

/// For a dialog whose form could not be sent for want of a login: the way back in, with nothing lost.
#[component]
pub fn LogInAgain(
    /// The state of the dialog's form.
    check: Check,
    /// The name of that form.
    form: &'static str,
) -> impl IntoView {
    let session = Session::current();
    let name = if form == "new" { "log-in-new" } else { "log-in-edit" };
    let then = move || {
        handler(move |()| {
            check.clear();
            in_open_dialog("[type=submit]");
        })
    };
    dynamic(move || {
        let needed = check.needs_login() && session.user().is_none();
        if needed {
            in_open_dialog(".again input");
        }
        needed.then(|| view! { <div class="again"><LogIn form=name then=then() /></div> })
    })
}

fn in_open_dialog(selector: &'static str) {
    if let Ok(Some(dialog)) = document().query_selector("dialog[open]") {
        form::focus_in(dialog, selector);
    }
}

/// Logs in, or signs up. An earlier log-out comes first: it would end the new session.
pub async fn enter(session: Session, path: &str, body: &impl Serialize) -> Result<(), Failure> {
    let request = Request::post(path, body);
    leave::finish(session).await;
    let login = api::enter(request).await?;
    leave::forget();
    session.log_in(login);
    Ok(())
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
