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
use crate::view::recreated::Recreated;
use crate::view::sentence::SentenceWithName;

/// The page that lists the newest wishes of all users.
#[component]
pub fn WishesPage() -> impl IntoView {
    view! { <ListPage list=PostList::new(PostKind::Wish, None)>{texts().wishes}</ListPage> }
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
            <Recreated key=heading>
                {match untrack(|| list.is_own() || list.is_owner_missing()) {
                    true => view! { <span>{untrack(heading)}</span> }.into_any(),
                    false => {
                        let name = untrack(|| list.owner_name());
                        view! { <SentenceWithName pattern=texts().wishes_of name /> }.into_any()
                    }
                }}
            </Recreated>
        </ListPage>
    }
}

/// The content of a wish.
#[component]
pub(crate) fn WishContent(wish: Wish) -> impl IntoView {
    let name = view! { <bdi>{wish.name}</bdi> }.into_any();
    // Screen readers may not announce <s>, so a received wish also has a badge.
    let name = if wish.received { view! { <s>{name}</s> }.into_any() } else { name };
    view! {
        <div class="wish">
            <h2 class="wish-name">{name}</h2>
            {wish.received.then(|| view! { <span class="badge">{texts().received}</span> })}
            {(!wish.description.is_empty())
                .then(|| view! { <p class="post-text" dir="auto">{wish.description}</p> })}
            {wish.url.map(|url| view! { <WishLink url /> })}
        </div>
    }
}

/// A link whose text is the host of its URL. The browser parses the URL, so the text is the host that the browser would
/// open. Shows nothing for any scheme except http and https.
#[component]
fn WishLink(url: String) -> impl IntoView {
    let url = Url::new(&url).ok().filter(|url| matches!(url.protocol().as_str(), "http:" | "https:"));
    url.map(|url| {
        view! {
            <a
                class="wish-link"
                href=url.href()
                target="_blank"
                rel="noopener noreferrer nofollow"
                translate="no"
            >
                {url.host()}
            </a>
        }
    })
}
