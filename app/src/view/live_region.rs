//! Live regions: parts of the page whose changes screen readers announce.

use leptos::prelude::*;

use crate::view::reactive::reactive;

/// A paragraph. `class` is its CSS class.
pub fn paragraph(class: &'static str, text: String) -> AnyView {
    view! { <p class=class>{text}</p> }.into_any()
}

/// A live region with the ARIA role `alert` or `status` that shows `text`. The region stays in the page while it is
/// empty, because a screen reader announces only changes of regions that it already knows.
pub fn live_region(
    role: &'static str,
    class: &'static str,
    mut text: impl FnMut() -> Option<String> + Send + 'static,
) -> AnyView {
    let content = reactive(move || text().map(|text| paragraph(class, text)));
    view! { <div role=role>{content}</div> }.into_any()
}
