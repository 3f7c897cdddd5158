//! The content of a wish.

use leptos::prelude::*;
use shared::wishes::Wish;
use web_sys::Url;

use crate::i18n::texts;
use crate::posts::text::PostText;

/// The content of a wish.
#[component]
pub(crate) fn WishContent(wish: Wish) -> impl IntoView {
    // Screen readers may not announce <s>, so a received wish also has a badge.
    let name = match wish.received {
        true => view! { <s>{wish.name}</s> }.into_any(),
        false => view! { <span>{wish.name}</span> }.into_any(),
    };
    view! {
        <div class="wish">
            <h2 class="wish-name" dir="auto">{name}</h2>
            {wish.received.then(|| view! { <span class="badge">{texts().shared.received}</span> })}
            {(!wish.description.is_empty()).then(|| view! { <PostText text=wish.description /> })}
            {wish.url.map(|url| view! { <WishLink url /> })}
        </div>
    }
}

/// A link whose text is the host of its URL. The browser parses the URL, so the text is the host that the browser would
/// open. Shows nothing for any scheme except http and https.
#[component]
fn WishLink(url: String) -> impl IntoView {
    let parsed = Url::new(&url).ok().filter(|url| matches!(url.protocol().as_str(), "http:" | "https:"));
    parsed.map(|parsed| {
        view! {
            <a
                class="wish-link"
                href=url
                target="_blank"
                rel="noopener noreferrer nofollow"
                translate="no"
            >
                {parsed.host()}
            </a>
        }
    })
}
