//! The menu in the navigation bar, where one logs in and out.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use shared::account::User;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use crate::account::leave;
use crate::account::log_in::LogIn;
use crate::element::{button, dynamic, handler};
use crate::form;
use crate::route::Route;
use crate::session::Session;
use crate::text;

/// For guests the way to sign up and the form to log in; for others their name and the way out.
#[component]
pub fn Menu(
    /// The page that is shown.
    route: ReadSignal<Route>,
) -> impl IntoView {
    let session = Session::current();
    dynamic(move || match session.user() {
        Some(user) => view! { <UserMenu user /> }.into_any(),
        None => view! {
            <a class="bar-link" href=move || route.get().to_sign_up()>{text::sign_up()}</a>
            <Dropdown summary=text::log_in().into_any()>
                <LogIn form="log-in" then=handler(|()| focus_summary()) />
            </Dropdown>
        }
        .into_any(),
    })
}

/// What had the focus is gone with the menu it was in.
fn focus_summary() {
    if let Ok(Some(bar)) = document().query_selector("header") {
        form::focus_in(bar, "summary");
    }
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
    let log_out = move || {
        leave::log_out(session);
        focus_summary();
    };
    let name = view! { <bdi class="bar-name">{user.name.clone()}</bdi> };
    view! {
        <Dropdown summary=name.into_any()>
            <p class="menu-user">
                <bdi>{user.name.clone()}</bdi>
                <span class="hint">"@"{user.username.clone()}</span>
            </p>
            <a class="bar-link" href=Route::Person(user.username.clone()).href()>{text::my_wishes()}</a>
            <a class="bar-link" href=Route::Account.href()>{text::account()}</a>
            {button("button", text::log_out(), log_out)}
        </Dropdown>
    }
}
