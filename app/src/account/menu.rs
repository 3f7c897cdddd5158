//! The menu in the navigation bar, where one logs in and out.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use shared::account::User;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use crate::account::log_in::LogIn;
use crate::api::{self, Failure};
use crate::element::{button, dynamic};
use crate::route::Route;
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
                <LogIn form="log-in" />
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
            <a class="bar-link" href=Route::Account.href()>{text::account()}</a>
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
