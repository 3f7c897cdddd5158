//! Blocks in place of content that is being loaded.

use leptos::prelude::*;

use crate::i18n::texts;

/// Three blocks of the size of a post, as in index.html.
#[component]
pub fn Placeholder() -> impl IntoView {
    view! {
        <div class="feed">
            <p class="visually-hidden" role="status">{texts().loading}</p>
            <div class="placeholder placeholder-card"></div>
            <div class="placeholder placeholder-card"></div>
            <div class="placeholder placeholder-card"></div>
        </div>
    }
}
