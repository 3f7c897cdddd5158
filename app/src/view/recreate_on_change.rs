//! A part of the page that is drawn anew when its key changes.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// Replaces its children with new ones whenever `key` changes, so that no dialog stays open and no typed text stays. A
/// closure in `view!` would keep the elements and change only their attributes and texts.
#[component]
pub fn RecreateOnChange(
    /// Identifies what the children show. Tracks changes.
    #[prop(into)]
    key: TextProp,
    children: ChildrenFn,
) -> impl IntoView {
    // A list with one item. Another key is another item.
    // size: the only `<For>` for this purpose, docs/size-tricks.md#few-types-in-closures
    view! { <For each=move || [key.get().to_string()] key=String::clone let:_>{children()}</For> }
}
