//! Accounts: the menu in the navigation bar, where one logs in and out, and signing up.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use shared::account::{Login, Name, NewUsername, Password, Signup, Typed, User};
use shared::rule::Invalid;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlFormElement, Node, SubmitEvent};

use crate::api::{self, Failure, Request};
use crate::element::{button, dynamic, handler};
use crate::form::{self, Check, Faults, Field, Submit, Trouble};
use crate::route::{self, Route};
use crate::session::{Notice, Session};
use crate::text;

/// For guests the way to sign up and the form to log in; for others their name and the way out.
#[component]
pub fn Menu() -> impl IntoView {
    let session = Session::current();
    dynamic(move || match session.user() {
        Some(user) => view! { <UserMenu user /> }.into_any(),
        None => view! {
            <a class="bar-link" href=Route::SignUp.href()>{text::sign_up()}</a>
            <Dropdown summary=text::log_in().into_any()>
                <LogIn />
            </Dropdown>
        }
        .into_any(),
    })
}

/// A `<details>` that closes on Escape and when one goes elsewhere.
#[component]
fn Dropdown(summary: AnyView, children: Children) -> impl IntoView {
    let details = NodeRef::<html::Details>::new();
    let outside =
        window_event_listener(ev::pointerdown, move |event| close_unless_in(details, event.target()));
    let away = window_event_listener(ev::focusin, move |event| close_unless_in(details, event.target()));
    on_cleanup(move || {
        outside.remove();
        away.remove();
    });
    let on_key = move |event: ev::KeyboardEvent| {
        if let (true, Some(details)) = (event.key() == "Escape", details.get_untracked()) {
            details.set_open(false);
            // The summary, which has opened it.
            let summary =
                details.first_element_child().and_then(|found| found.dyn_into::<HtmlElement>().ok());
            _ = summary.map(|summary| summary.focus());
        }
    };
    view! {
        <details class="dropdown" node_ref=details on:keydown=on_key>
            <summary class="bar-link">{summary}</summary>
            <div class="dropdown-panel">{children()}</div>
        </details>
    }
}

fn close_unless_in(details: NodeRef<html::Details>, target: Option<web_sys::EventTarget>) {
    let target = target.and_then(|target| target.dyn_into::<Node>().ok());
    if let Some(details) = details.get_untracked()
        && !details.contains(target.as_ref())
    {
        details.set_open(false);
    }
}

#[component]
fn LogIn() -> impl IntoView {
    let session = Session::current();
    let check = Check::new();
    let busy = RwSignal::new(false);
    let log_in = move |form: HtmlFormElement, login: Login| async move {
        match api::enter(Request::post("/api/login", &login)).await {
            Ok(login) => session.log_in(login),
            Err(failure) => check.show(&form, Faults::from_failure(&failure, &[])),
        }
    };
    let on_submit = handler(move |event: SubmitEvent| {
        let Some(form) = form::taken(&event).filter(|_| !busy.get_untracked()) else { return };
        check.clear();
        match login_in(&form) {
            Ok(login) => form::run(busy, log_in(form, login)),
            Err(faults) => check.show(&form, faults),
        }
    });
    view! {
        <form class="form" aria-label=text::log_in() novalidate on:submit=on_submit>
            <Field form="log-in" name="username" label=text::username() autocomplete="username" check />
            <Field
                form="log-in"
                name="password"
                kind="password"
                label=text::password()
                autocomplete="current-password"
                check
            />
            <Trouble check />
            <Submit label=text::log_in() busy_label=text::logging_in() busy />
        </form>
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

#[component]
fn UserMenu(user: User) -> impl IntoView {
    let session = Session::current();
    let name = view! { <bdi class="bar-name">{user.name.clone()}</bdi> };
    view! {
        <Dropdown summary=name.into_any()>
            <p class="menu-user">
                <bdi>{user.name.clone()}</bdi>
                <span class="hint">"@"{user.username.clone()}</span>
            </p>
            <a class="bar-link" href=Route::Person(user.username.clone()).href()>{text::my_wishes()}</a>
            {button("button", text::log_out(), move || log_out(session))}
        </Dropdown>
    }
}

/// Logs out here at once, whether the server can be told or not.
fn log_out(session: Session) {
    let Some(login) = session.login() else { return };
    session.log_out();
    leptos::task::spawn_local(async move {
        if let Err(Failure::Offline | Failure::Timeout | Failure::Other(_)) = api::leave(&login).await {
            session.tell(Notice::LogOutUnsent);
        }
    });
}

/// The page to make an account on.
#[component]
pub fn SignUp() -> impl IntoView {
    let session = Session::current();
    let check = Check::new();
    let busy = RwSignal::new(false);
    let sign_up = move |form: HtmlFormElement, signup: Signup| async move {
        match api::enter(Request::post("/api/signup", &signup)).await {
            Ok(login) => {
                session.log_in(login);
                route::go(&Route::Board);
            }
            Err(failure) => check.show(&form, Faults::from_failure(&failure, &FIELDS)),
        }
    };
    let on_submit = handler(move |event: SubmitEvent| {
        let Some(form) = form::taken(&event).filter(|_| !busy.get_untracked()) else { return };
        check.clear();
        match signup_in(&form) {
            Ok(signup) => form::run(busy, sign_up(form, signup)),
            Err(faults) => check.show(&form, faults),
        }
    });
    view! {
        <div class="narrow">
            <h1 tabindex="-1">{text::sign_up()}</h1>
            <p class="lead">{text::sign_up_intro()}</p>
            <form class="form card" aria-label=text::sign_up() novalidate on:submit=on_submit>
                <SignUpFields check />
                <Trouble check />
                <Submit label=text::sign_up() busy_label=text::signing_up() busy />
            </form>
        </div>
    }
}

const FIELDS: [&str; 3] = ["username", "name", "password"];

#[component]
fn SignUpFields(check: Check) -> impl IntoView {
    view! {
        <Field
            form="sign-up"
            name="username"
            label=text::username()
            hint=text::username_hint()
            autocomplete="username"
            check
        />
        <Field form="sign-up" name="name" label=text::name() hint=text::name_hint() autocomplete="name" check />
        <Field
            form="sign-up"
            name="password"
            kind="password"
            label=text::password()
            hint=text::password_hint()
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
