//! A field of a form, with its label, its hint and its fault.

use leptos::prelude::*;
use shared::rule::Invalid;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent};

use crate::element::{dynamic, handler, value_if};
use crate::form::check::Check;
use crate::text;

/// What a field must be, as far as the browser can tell.
pub type Rule = fn(&str) -> Result<(), Invalid>;

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
    /// What is in it to begin with.
    #[prop(optional)]
    value: String,
    /// The rule that is checked while one types: the hint says how far it is kept, and only when
    /// the field is left it is a fault.
    #[prop(optional)]
    rule: Option<Rule>,
    /// The form's state.
    check: Check,
) -> impl IntoView {
    let id = format!("{form}-{name}");
    // A person's name is theirs to spell; what one logs in with has no capitals.
    let capitals = if name == "name" { "words" } else { "none" };
    let typed = RwSignal::new((0, None));
    let on_input = handler(move |event: Event| {
        check.mend(name);
        let text: String = event_target_value(&event);
        typed.set((text.chars().count(), rule.map(|rule| rule(&text))));
    });
    let on_change = handler(move |event: Event| {
        let text: String = event_target_value(&event);
        if let (false, Some(Err(broken))) = (text.is_empty(), rule.map(|rule| rule(&text))) {
            check.blame(name, broken);
        }
    });
    let hint_id = format!("{id}-hint");
    let described_by = if hint.is_some() { described_by(&id) } else { fault_id(&id) };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <div class="entry">
                <input
                    id=id.clone()
                    name=name
                    type=kind
                    value=value
                    autocomplete=autocomplete
                    autocapitalize=capitals
                    spellcheck="false"
                    aria-invalid=value_if("true", move || check.at(name).is_some())
                    dir="auto"
                    aria-describedby=described_by
                    on:input=on_input
                    on:change=on_change
                />
                {(kind == "password").then(|| reveal(label))}
            </div>
            {hint.map(|hint| dynamic(move || draw_hint(hint_id.clone(), hint, typed.get())))}
            <Explanation id hint=None check name />
        </div>
    }
}

fn draw_hint(id: String, hint: &str, typed: (usize, Option<Result<(), Invalid>>)) -> AnyView {
    let class = if typed.1 == Some(Ok(())) { "hint kept" } else { "hint" };
    view! { <p class=class id=id>{text::sentence::so_far(hint, typed)}</p> }.into_any()
}

/// Shows a password, and hides it again. By hand: what the browser keeps need not be kept twice.
fn reveal(label: &'static str) -> AnyView {
    let on_click = handler(move |event: MouseEvent| {
        let button = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(button) = button else { return };
        let show = button.get_attribute("aria-pressed").as_deref() == Some("false");
        if let Some(input) = button.previous_element_sibling() {
            _ = input.set_attribute("type", if show { "text" } else { "password" });
        }
        _ = button.set_attribute("aria-pressed", if show { "true" } else { "false" });
    });
    view! {
        <button
            class="reveal"
            type="button"
            aria-label=text::sentence::show(label)
            aria-pressed="false"
            on:click=on_click
        ></button>
    }
    .into_any()
}

/// The ids of what [`Explanation`] says about a field.
pub fn described_by(id: &str) -> String {
    format!("{id}-hint {}", fault_id(id))
}

fn fault_id(id: &str) -> String {
    format!("{id}-fault")
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
    /// The form's state.
    check: Check,
) -> impl IntoView {
    view! {
        {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
        <p class="fault" id=fault_id(&id) aria-live="polite">{dynamic(move || check.at(name))}</p>
    }
}
