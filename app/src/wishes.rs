//! Wish lists: the newest wishes of all users, and the list of one user.

use leptos::prelude::*;
use shared::posts::Post;
use shared::wishes::{EditWish, NewWish, Wish, WishDescription, WishName, WishUrl};
use web_sys::Url;

use crate::api::json;
use crate::form::field::Field;
use crate::form::field_errors::FieldErrors;
use crate::form::state::FormState;
use crate::form::text_area::TextArea;
use crate::i18n::texts::ListLabels;
use crate::i18n::{sentences, texts};
use crate::posts::kind::{PostKind, QuickEdit};
use crate::posts::list::PostList;
use crate::posts::page;
use crate::view::button::icon_button;
use crate::view::reactive::reactive;

/// The page that lists the newest wishes of all users.
#[component]
pub fn WishesPage() -> impl IntoView {
    page::view(PostList::new(&Wishes, None), texts().wishes.into_any())
}

/// The page with the wish list of one user.
#[component]
pub fn UserWishesPage(
    /// The owner of the list.
    username: String,
) -> impl IntoView {
    let list = PostList::new(&Wishes, Some(username.clone()));
    let heading = move || match list.is_own() {
        _ if list.is_owner_missing() => texts().user_not_found.to_owned(),
        true => texts().my_wishes.to_owned(),
        // If the list is empty, the display name is unknown.
        false => sentences::wishes_of(list.owner_display_name().as_ref().unwrap_or(&username)),
    };
    let heading = reactive(move || {
        let heading = heading();
        document().set_title(&sentences::page_title(&heading));
        heading
    });
    page::view(list, heading)
}

struct Wishes;

impl PostKind for Wishes {
    fn path(&self) -> &'static str {
        "/api/wishes"
    }

    fn labels(&self) -> &'static ListLabels {
        &texts().wish_labels
    }

    fn fields(&self) -> &'static [&'static str] {
        &["name", "description", "url"]
    }

    fn includes(&self, post: &Post) -> bool {
        matches!(post, Post::Wish(_))
    }

    fn values(&self, post: &Post) -> Vec<String> {
        let Post::Wish(wish) = post else { return Vec::new() };
        vec![wish.name.clone(), wish.description.clone(), wish.url.clone().unwrap_or_default()]
    }

    fn view_fields(&self, form: &'static str, state: FormState) -> AnyView {
        view! {
            <Field form name="name" label=texts().wish autocomplete="off" state />
            <TextArea
                form
                name="description"
                label=texts().wish_description
                rows=3
                max_len=WishDescription::MAX_LEN
                state
            />
            <Field
                form
                name="url"
                input_type="url"
                label=texts().wish_link
                hint=texts().wish_link_hint
                autocomplete="off"
                state
            />
        }
        .into_any()
    }

    fn parse_to_json(&self, values: &[String]) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        let [name, description, url] = [0, 1, 2].map(|index| values.get(index).map_or("", String::as_str));
        let name = errors.check("name", WishName::parse(name));
        let description = errors.check("description", WishDescription::parse(description));
        let url = match url.trim() {
            "" => Some(None),
            url => errors.check("url", WishUrl::parse(url).map(Some)),
        };
        let new_wish = match (name, description, url) {
            (Some(name), Some(description), Some(url)) => Some(NewWish { name, description, url }),
            _ => None,
        };
        errors.or_json(new_wish.as_ref())
    }

    fn view_content(&self, post: &Post) -> AnyView {
        let Post::Wish(wish) = post else { return ().into_any() };
        let (url, description) = (wish.url.clone(), wish.description.clone());
        let name = view! { <bdi>{wish.name.clone()}</bdi> }.into_any();
        // Screen readers may not announce <s>, so a received wish also has a badge.
        let name = if wish.received { view! { <s>{name}</s> }.into_any() } else { name };
        view! {
            <div class="wish">
                <h2 class="wish-name">{name}</h2>
                {wish.received.then(|| view! { <span class="badge">{texts().received}</span> })}
                {(!description.is_empty()).then(|| view! { <p class="post-text" dir="auto">{description}</p> })}
                {url.and_then(|url| view_link(&url))}
            </div>
        }
        .into_any()
    }

    fn view_buttons(&self, post: Memo<Option<Post>>, send: Box<dyn Fn(QuickEdit)>) -> AnyView {
        let busy = RwSignal::new(false);
        let is_received =
            move || post.with(|post| matches!(post, Some(Post::Wish(Wish { received: true, .. }))));
        let label = move || match is_received() {
            true => texts().mark_not_received,
            false => texts().mark_received,
        };
        let toggle = move || {
            let edit = EditWish { received: Some(!is_received()), ..EditWish::default() };
            if let (Some(post), Some(json)) = (post.get_untracked(), json::to_string(&edit)) {
                send(QuickEdit { post, json, busy, is_done: has_received_mark });
            }
        };
        icon_button("button button-small icon-received", label, toggle)
    }
}

/// Whether the wish already has the received mark that this edit sets.
fn has_received_mark(post: &Post, edit: &str) -> bool {
    let Post::Wish(wish) = post else { return false };
    let current = EditWish { received: Some(wish.received), ..EditWish::default() };
    json::to_string(&current).as_deref() == Some(edit)
}

/// A link whose text is the host of its URL. The browser parses the URL, so the text is the host that the browser would
/// open. Returns `None` for any scheme except http and https.
fn view_link(url: &str) -> Option<AnyView> {
    let url = Url::new(url).ok().filter(|url| matches!(url.protocol().as_str(), "http:" | "https:"))?;
    let link = view! {
        <a class="wish-link" href=url.href() target="_blank" rel="noopener noreferrer nofollow">
            {url.host()}
        </a>
    };
    Some(link.into_any())
}
