//! Live regions: parts of the page whose changes screen readers announce.

use leptos::prelude::*;

use crate::view::recreate_on_change::recreate_on_change;

/// A live region that shows a text, or nothing. The region stays in the page while it is empty, because a screen reader
/// announces only changes of regions that it already knows.
#[component]
pub fn LiveRegion(
    /// The ARIA role: `alert` or `status`.
    role: &'static str,
    /// The CSS class of the text.
    class: &'static str,
    /// The text. Tracks changes.
    mut text: impl FnMut() -> Option<String> + Send + 'static,
) -> impl IntoView {
    view! { <div role=role>{recreate_on_change(move || text().map(|text| view! { <p class=class>{text}</p> }).into_any())}</div> }
}
