//! What every form has: fields with their hint and their fault, and a button that sends once.
//!
//! Values are read from the form itself when it is sent, never from signals: browsers and password
//! managers fill fields in without telling anybody.

pub mod check;
pub mod field;
pub mod lines;

use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, SubmitEvent};

use crate::api::Failure;
use crate::element::{dynamic, handler, live, value_if};
use crate::form::check::{Check, Faults};
use crate::text;

/// What a form does once it is filled in as it should be. Boxed, so that there is one kind.
pub type Sending = LocalBoxFuture<'static, Result<(), Failure>>;

/// Reads a form and says what is to be done, or what is wrong.
pub type Send = dyn Fn(&HtmlFormElement) -> Result<Sending, Faults>;

/// Does something that takes its time; `busy` says so until it is done.
pub fn run(busy: RwSignal<bool>, work: impl Future<Output = ()> + 'static) {
    run_boxed(busy, work.boxed_local());
}

fn run_boxed(busy: RwSignal<bool>, work: LocalBoxFuture<'static, ()>) {
    busy.set(true);
    spawn_local(async move {
        work.await;
        _ = busy.try_set(false); // its page may be gone by now
    });
}

/// Takes the sending of a form from the browser. None: it is not a form's event.
pub fn taken(event: &SubmitEvent) -> Option<HtmlFormElement> {
    event.prevent_default();
    event.target()?.dyn_into().ok()
}

/// What is in a field now, whoever has filled it in.
pub fn value(form: &HtmlFormElement, field: &str) -> String {
    let data = FormData::new_with_form(form);
    data.ok().and_then(|data| data.get(field).as_string()).unwrap_or_default()
}

/// What is in these fields now.
pub fn values(form: &HtmlFormElement, fields: &[&str]) -> Vec<String> {
    fields.iter().map(|field| value(form, field)).collect()
}

/// The form in a dialog.
pub fn within(dialog: &Element) -> Option<HtmlFormElement> {
    dialog.query_selector("form").ok().flatten()?.dyn_into().ok()
}

/// Moves the focus, once everything is drawn: a field is marked, a button can be pressed.
pub fn focus_in(within: Element, selector: &'static str) {
    request_animation_frame(move || {
        let found = within.query_selector(selector).ok().flatten();
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            _ = found.focus();
        }
    });
}

/// Puts a text into a field, as if it had been typed.
pub fn fill(within: &Element, field: &str, text: &str) {
    let found = within.query_selector(&format!("[name={field}]")).ok().flatten();
    if let (Some(found), Ok(input)) = (found, Event::new("input")) {
        // It may as well be a textarea: both have a value.
        found.unchecked_ref::<HtmlInputElement>().set_value(text);
        _ = found.dispatch_event(&input);
    }
}

/// A form that is sent by its button, one sending at a time.
#[component]
pub fn Form(
    /// What its button does; a screen reader calls the form so, too.
    label: &'static str,
    /// What the button says meanwhile.
    busy_label: &'static str,
    /// The form's state.
    check: Check,
    /// The fields that the API may blame.
    #[prop(default = &[])]
    fields: &'static [&'static str],
    /// Reads the form and says what is to be done, or what is wrong.
    send: Box<Send>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let on_submit = handler(move |event| check.take(&event, fields, &*send));
    view! {
        <form class="form" aria-label=label novalidate on:submit=on_submit>
            {children()}
            <Trouble check />
            <Submit label busy_label check />
        </form>
    }
}

/// What is wrong with the form as a whole, how long it must wait, and what has become of it. The
/// regions are always there, so that a screen reader hears when they are filled; the seconds are
/// counted where it does not listen.
#[component]
pub fn Trouble(
    /// The form's state.
    check: Check,
) -> impl IntoView {
    view! {
        {live("alert", "trouble", move || check.whole())}
        {live("status", "news", move || check.news())}
        <p class="trouble" role="timer" tabindex="-1" hidden=value_if("", move || check.wait() == 0)>
            {dynamic(move || Some(check.wait()).filter(|wait| *wait > 0).map(text::sentence::wait))}
        </p>
    }
}

/// The button that sends the form; not while it is being sent, nor before it may be.
#[component]
pub fn Submit(
    /// What it does.
    #[prop(into)]
    label: Signal<&'static str>,
    /// What it is doing.
    busy_label: &'static str,
    /// The form's state.
    check: Check,
) -> impl IntoView {
    let busy = check.busy();
    html::button()
        .r#type("submit")
        .class("button button-primary")
        // Not `disabled`: that would take the focus away.
        .aria_disabled(value_if("true", move || busy.get() || check.wait() > 0))
        .child(dynamic(move || match () {
            () if busy.get() => busy_label,
            () if check.may_pass() => text::retry(),
            () => label.get(),
        }))
}
