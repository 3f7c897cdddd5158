//! The text of a post: its links are clickable, and a long text is folded.

use js_sys::RegExp;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use crate::i18n::texts;

/// The pattern of an http or https link, without the punctuation after it. A link can contain pairs of parentheses.
pub const LINK: &str = r#"(https?:\/\/(?:\([^\s()]*\)|[^\s()<>"])*(?:\([^\s()]*\)|[^\s\p{P}<>]|[/#%&_-]))"#;
/// The pattern of a long text: at least 800 UTF-16 code units, or more than 12 lines.
pub const LONG: &str = r"^([^]{800}|(.*\n){12})";

/// The text. Of a long one, shows the first lines and a button for the others.
#[component]
pub(crate) fn PostText(text: String) -> impl IntoView {
    let is_long = RegExp::new(LONG, "").test(&text);
    view! {
        <p class="post-text" dir="auto">{with_links(&text)}</p>
        {is_long.then(|| view! { <FoldButton /> })}
    }
}

/// The button that unfolds and folds the text before it. `style.css` folds the text and chooses one of the labels by
/// `aria-expanded`.
#[component]
fn FoldButton() -> impl IntoView {
    let on_click = |event: MouseEvent| {
        if let Some(button) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
            let is_expanded = button.get_attribute("aria-expanded").as_deref() == Some("true");
            _ = button.set_attribute("aria-expanded", if is_expanded { "false" } else { "true" });
        }
    };
    view! {
        <button
            class="button button-small fold-button"
            type="button"
            aria-expanded="false"
            on:click=on_click
        >
            <span>{texts().show_more}</span>
            <span>{texts().show_less}</span>
        </button>
    }
}

/// Returns the text with a link in place of each address. At most 222 links fit into a text, so the recursion is
/// bounded.
// size: not a `Vec` of views, docs/size-tricks.md#few-types-in-closures
fn with_links(text: &str) -> AnyView {
    let Some(parts) = RegExp::new(&format!("^([^]*?){LINK}([^]*)$"), "iu").exec(text) else {
        return text.to_owned().into_any();
    };
    let [before, address, after] = [1, 2, 3].map(|index| parts.get(index).as_string().unwrap_or_default());
    view! {
        {before}
        <a href=address.clone() target="_blank" rel="noopener noreferrer nofollow">
            {address.clone()}
        </a>
        {with_links(&after)}
    }
    .into_any()
}
