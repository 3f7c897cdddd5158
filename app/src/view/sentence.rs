//! Sentences that contain the name of a user.

use leptos::prelude::*;

/// A sentence with a name that is not translated by the browser.
#[component]
pub fn SentenceWithName(
    /// The sentence, with `{}` in place of the name.
    pattern: &'static str,
    /// The name.
    name: String,
) -> impl IntoView {
    let (before, after) = pattern.split_once('{').unwrap_or((pattern, ""));
    view! {
        <span>
            {before} <span translate="no">{name}</span> {after.strip_prefix('}').unwrap_or(after)}
        </span>
    }
}
