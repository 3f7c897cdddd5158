//! What every form has: fields with their hint and their fault, and a button that sends once.
//!
//! Values are read from the form itself when it is sent, never from signals: browsers and password
//! managers fill fields in without telling anybody.

pub mod lines;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Serialize;
use shared::rule::Invalid;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, SubmitEvent};

use crate::api::Failure;
use crate::element::{dynamic, handler, live, value_if};
use crate::text;

/// What is wrong with a form: at its fields, by their names, and as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    fields: Vec<(&'static str, String)>,
    whole: Option<String>,
}

impl Faults {
    /// The parsed value of a field, or none and a fault at that field.
    pub fn check<T>(&mut self, field: &'static str, value: Result<T, Invalid>) -> Option<T> {
        value.map_err(|rule| self.fields.push((field, text::invalid(rule)))).ok()
    }

    /// A failure, at the field it names if the form has that one, else as a whole.
    pub fn from_failure(failure: &Failure, fields: &[&'static str]) -> Self {
        let named = match failure {
            Failure::Problem(problem) => problem.field.as_deref(),
            _ => None,
        };
        let text = text::failure(failure);
        match fields.iter().find(|field| Some(**field) == named) {
            Some(field) => Self { fields: vec![(*field, text)], whole: None },
            None => Self { fields: Vec::new(), whole: Some(text) },
        }
    }

    /// The JSON of what was parsed; where something was not, the faults.
    pub fn or_json<T: Serialize>(self, parsed: Option<&T>) -> Result<String, Self> {
        parsed.and_then(|parsed| serde_json::to_string(parsed).ok()).ok_or(self)
    }

    fn at(&self, field: &str) -> Option<String> {
        self.fields.iter().find(|(name, _)| *name == field).map(|(_, text)| text.clone())
    }
}

/// A form's faults, as a signal that its fields watch.
#[derive(Clone, Copy)]
pub struct Check(RwSignal<Faults>);

impl Check {
    /// Nothing is wrong yet.
    pub fn new() -> Self {
        Self(RwSignal::new(Faults::default()))
    }

    /// Shows what is wrong, in place of what was, and moves the focus there.
    pub fn show(self, form: &HtmlFormElement, faults: Faults) {
        self.0.set(faults);
        let form = form.clone();
        // Once it is drawn: the field is marked, and the button can be pressed again.
        request_animation_frame(move || {
            let wrong = form.query_selector("[aria-invalid=true], button[type=submit]").ok().flatten();
            if let Some(wrong) = wrong.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
                _ = wrong.focus();
            }
        });
    }

    /// Nothing is wrong any more.
    pub fn clear(self) {
        self.0.set(Faults::default());
    }

    /// The field is being mended.
    pub fn mend(self, field: &'static str) {
        if self.at(field).is_some() {
            self.0.update(|faults| faults.fields.retain(|(name, _)| *name != field));
        }
    }

    /// The fault of a field.
    pub fn at(self, field: &'static str) -> Option<String> {
        self.0.with(|faults| faults.at(field))
    }

    fn whole(self) -> Option<String> {
        self.0.with(|faults| faults.whole.clone())
    }
}

impl Default for Check {
    fn default() -> Self {
        Self::new()
    }
}

/// Does something that takes its time; `busy` says so until it is done.
pub fn run(busy: RwSignal<bool>, work: impl Future<Output = ()> + 'static) {
    busy.set(true);
    spawn_local(async move {
        work.await;
        busy.set(false);
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

/// Puts a text into a field, as if it had been typed.
pub fn fill(within: &Element, field: &str, text: &str) {
    let found = within.query_selector(&format!("[name={field}]")).ok().flatten();
    if let (Some(found), Ok(input)) = (found, Event::new("input")) {
        // It may as well be a textarea: both have a value.
        found.unchecked_ref::<HtmlInputElement>().set_value(text);
        _ = found.dispatch_event(&input);
    }
}

/// A line to type into, with its label, hint and fault.
#[component]
pub fn Field(
    /// The form's name, which makes the ids on the page unique.
    form: &'static str,
    /// The name of the field, in the form and in the API.
    name: &'static str,
    /// What it is called.
    label: &'static str,
    /// The rule, told before it is broken.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// What the browser may fill in (the HTML standard's names).
    autocomplete: &'static str,
    /// `text` or `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// The form's faults.
    check: Check,
) -> impl IntoView {
    let id = format!("{form}-{name}");
    // A person's name is theirs to spell; what one logs in with has no capitals.
    let capitals = if name == "name" { "words" } else { "none" };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                id=id.clone()
                name=name
                type=kind
                autocomplete=autocomplete
                autocapitalize=capitals
                spellcheck="false"
                aria-invalid=value_if("true", move || check.at(name).is_some())
                aria-describedby=described_by(&id)
                on:input=handler(move |_: Event| check.mend(name))
            />
            <Explanation id hint check name />
        </div>
    }
}

/// The ids of what [`Explanation`] says about a field.
pub fn described_by(id: &str) -> String {
    format!("{id}-hint {id}-fault")
}

/// The hint of a field, and its fault when there is one.
#[component]
pub fn Explanation(
    /// The field's id.
    id: String,
    /// The rule.
    #[prop(optional_no_strip)]
    hint: Option<&'static str>,
    /// The field's name.
    name: &'static str,
    /// The form's faults.
    check: Check,
) -> impl IntoView {
    view! {
        {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
        <p class="fault" id=format!("{id}-fault")>{dynamic(move || check.at(name))}</p>
    }
}

/// What is wrong with the form as a whole. The region is always there, so that a screen reader
/// hears when it is filled.
#[component]
pub fn Trouble(
    /// The form's faults.
    check: Check,
) -> impl IntoView {
    live("alert", "trouble", move || check.whole())
}

/// The button that sends the form; not while it is being sent.
#[component]
pub fn Submit(
    /// What it does.
    label: &'static str,
    /// What it is doing.
    busy_label: &'static str,
    /// Whether it is doing it.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    html::button()
        .r#type("submit")
        .class("button button-primary")
        .disabled(busy)
        .child(dynamic(move || if busy.get() { busy_label } else { label }))
}
