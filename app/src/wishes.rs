//! Wish lists: the newest wishes of all users, and the list of one user.

pub mod form;
pub mod received_button;

use leptos::prelude::*;
use shared::wishes::Wish;
use web_sys::Url;

use crate::i18n::{sentences, texts};
use crate::posts::kind::PostKind;
use crate::posts::list::PostList;
use crate::posts::page::ListPage;
use crate::posts::text::PostText;
use crate::view::recreate_on_change::RecreateOnChange;
use crate::view::sentence::SentenceWithName;

/// The page that lists the newest wishes of all users.
#[component]
pub fn WishesPage() -> impl IntoView {
    view! { <ListPage list=PostList::new(PostKind::Wish, None)>{texts().shared.wishes}</ListPage> }
}

/// The page with the wish list of one user.
#[component]
pub fn UserWishesPage(
    /// The owner of the list.
    username: String,
) -> impl IntoView {
    let list = PostList::new(PostKind::Wish, Some(username));
    let heading = move || match list.is_own() {
        _ if list.is_owner_missing() => texts().user_not_found.to_owned(),
        true => texts().my_wishes.to_owned(),
        false => sentences::wishes_of(&list.owner_name()),
    };
    Effect::new(move || document().set_title(&sentences::page_title(&heading())));
    view! {
        <ListPage list>
            <RecreateOnChange key=heading>
                {match untrack(|| list.is_own() || list.is_owner_missing()) {
                    true => view! { <span>{untrack(heading)}</span> }.into_any(),
                    false => {
                        let name = untrack(|| list.owner_name());
                        view! { <SentenceWithName pattern=texts().wishes_of name /> }.into_any()
                    }
                }}
            </RecreateOnChange>
        </ListPage>
    }
}

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
