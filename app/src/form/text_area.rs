//! A field for many lines, which counts its characters.

use leptos::prelude::*;
use web_sys::Event;

use crate::element::{dynamic, handler, value_if};
use crate::form::check::Check;
use crate::form::field::{Explanation, described_by};
use crate::text;

/// Many lines to type into, with their label, how much is used, and their fault.
#[component]
pub fn Lines(
    /// The form's name, which makes the ids on the page unique.
    form: &'static str,
    /// The name of the field, in the form and in the API.
    name: &'static str,
    /// What it is called.
    label: &'static str,
    /// How many lines to show.
    rows: u32,
    /// How many characters it may have.
    most: usize,
    /// Whether a dialog opens with the focus here.
    #[prop(optional)]
    first: bool,
    /// The form's faults.
    check: Check,
) -> impl IntoView {
    let id = format!("{form}-{name}");
    let used = RwSignal::new(0);
    let on_input = handler(move |event: Event| {
        check.mend(name);
        used.set(event_target_value(&event).trim().chars().count());
    });
    let count = move || {
        let class = if used.get() > most { "too-many" } else { "" };
        view! { <span class=class>{text::sentence::characters(used.get(), most)}</span> }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <textarea
                id=id.clone()
                name=name
                rows=rows.to_string()
                dir="auto"
                autofocus=first
                aria-invalid=value_if("true", move || check.at(name).is_some())
                aria-describedby=described_by(&id)
                on:input=on_input
            ></textarea>
            <p class="hint" id=format!("{id}-hint")>{dynamic(count)}</p>
            <Explanation id name check hint=None />
        </div>
    }
}
