//! Parts of the page that are redrawn when they change.
//!
//! A browser that translates the page replaces the text nodes. Leptos would then change a text node that is no longer
//! on the page. So a text never changes: the element that contains it is replaced. Every closure in `view!` that
//! returns a text, or elements whose texts depend on a signal, therefore uses this file.
//! `end2end/support/fixtures.ts` and `app/tests/browser/support/text_changes.rs` check this in every test.

use leptos::either::Either;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// Draws a part of the page, and replaces it whenever a signal that `draw` reads changes. The part must consist of
/// elements, not of texts.
pub fn recreate_on_change(draw: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    // size: one type for all parts, docs/size-tricks.md#erased-view-types
    recreate_boxed(Box::new(draw))
}

fn recreate_boxed(mut draw: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
    let mut is_left = false;
    let draw_other = move || {
        is_left = !is_left;
        // Leptos updates a view of the same variant, and replaces one of the other variant.
        if is_left { Either::Left(draw()) } else { Either::Right(draw()) }
    };
    draw_other.into_any()
}

/// Replaces its children with new ones whenever `key` changes, so that no dialog stays open and no typed text stays.
#[component]
pub fn RecreateOnChange(
    /// Identifies what the children show. Tracks changes.
    #[prop(into)]
    key: TextProp,
    children: ChildrenFn,
) -> impl IntoView {
    let key = Memo::new(move |_| key.get().to_string());
    recreate_on_change(move || {
        _ = key.get(); // a memo that is only tracked is never computed
        untrack(|| children())
    })
}

/// A text that changes, in an element of its own.
#[component]
pub fn ReactiveText(
    /// The text. Tracks changes.
    #[prop(into)]
    text: TextProp,
) -> impl IntoView {
    let text = Memo::new(move |_| text.get().to_string());
    recreate_on_change(move || view! { <span>{text.get()}</span> }.into_any())
}
