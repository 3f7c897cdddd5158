//! Wish lists: everybody's newest wishes, and the list of one person, who keeps it.

use leptos::prelude::*;
use shared::thing::Thing;
use shared::wishlist::{Description, EditWish, Link, NewWish, Wish, WishName};
use web_sys::Url;

use crate::element::{button_with, dynamic};
use crate::feed::shelf::Shelf;
use crate::feed::{self, Feed, Kind};
use crate::form::check::{Check, Faults};
use crate::form::field::Field;
use crate::form::lines::Lines;
use crate::json;
use crate::text::{self, Words};

/// The page with everybody's newest wishes.
#[component]
pub fn Wishes(
    /// What this tab has seen before.
    shelf: Shelf,
) -> impl IntoView {
    feed::page(Feed::new(&List, None, shelf), text::wishes().into_any())
}

/// The page with one person's wishes.
#[component]
pub fn PersonsWishes(
    /// Whose.
    username: String,
    /// What this tab has seen before.
    shelf: Shelf,
) -> impl IntoView {
    let feed = Feed::new(&List, Some(username.clone()), shelf);
    // The name is known as soon as there is a wish.
    let name = move || feed.owner_name().unwrap_or_else(|| username.clone());
    let title = move || match feed.is_own() {
        _ if feed.is_missing() => text::nobody().to_owned(),
        true => text::my_wishes().to_owned(),
        false => text::sentence::wishes_of(&name()),
    };
    let heading = dynamic(move || {
        let title = title();
        document().set_title(&text::sentence::title(&title));
        title
    });
    feed::page(feed, heading)
}

struct List;

impl Kind for List {
    fn path(&self) -> &'static str {
        "/api/wishes"
    }

    fn words(&self) -> &'static Words {
        text::wish_words()
    }

    fn fields(&self) -> &'static [&'static str] {
        &["name", "description", "url"]
    }

    fn is_of(&self, thing: &Thing) -> bool {
        matches!(thing, Thing::Wish(_))
    }

    fn values(&self, thing: &Thing) -> Vec<String> {
        let Thing::Wish(wish) = thing else { return Vec::new() };
        vec![wish.name.clone(), wish.description.clone(), wish.url.clone().unwrap_or_default()]
    }

    fn inputs(&self, form: &'static str, check: Check) -> AnyView {
        view! {
            <Field form name="name" label=text::wish() autocomplete="off" check />
            <Lines form name="description" label=text::description() rows=3 most=Description::MOST check />
            <Field form name="url" kind="url" label=text::link() hint=text::link_hint() autocomplete="off" check />
        }
        .into_any()
    }

    fn parse(&self, values: &[String]) -> Result<String, Faults> {
        let mut faults = Faults::default();
        let [name, description, url] = [0, 1, 2].map(|at| values.get(at).map_or("", String::as_str));
        let name = faults.check("name", WishName::parse(name));
        let description = faults.check("description", Description::parse(description));
        let url = match url.trim() {
            "" => Some(None),
            url => faults.check("url", Link::parse(url).map(Some)),
        };
        let new = match (name, description, url) {
            (Some(name), Some(description), Some(url)) => Some(NewWish { name, description, url }),
            _ => None,
        };
        faults.or_json(new.as_ref())
    }

    fn content(&self, thing: &Thing) -> AnyView {
        let Thing::Wish(wish) = thing else { return ().into_any() };
        let (url, description) = (wish.url.clone(), wish.description.clone());
        let name = view! { <bdi>{wish.name.clone()}</bdi> }.into_any();
        // What has come true is struck, also for those who can't see it.
        let name = if wish.received { view! { <s>{name}</s> }.into_any() } else { name };
        view! {
            <div class="wish">
                <h2 class="wish-name">{name}</h2>
                {wish.received.then(|| view! { <span class="badge">{text::received()}</span> })}
                {(!description.is_empty()).then(|| view! { <p class="lines" dir="auto">{description}</p> })}
                {url.and_then(|url| link(&url))}
            </div>
        }
        .into_any()
    }

    fn actions(&self, feed: Feed, thing: Memo<Option<Thing>>) -> AnyView {
        let busy = RwSignal::new(false);
        let received =
            move || thing.with(|thing| matches!(thing, Some(Thing::Wish(Wish { received: true, .. }))));
        let label = dynamic(move || if received() { text::not_received() } else { text::mark_received() });
        let mark = move || {
            let edit = EditWish { received: Some(!received()), ..EditWish::default() };
            if let (Some(wish), Some(json)) = (thing.get_untracked(), json::write(&edit)) {
                feed.change(busy, &wish, json, is_marked);
            }
        };
        button_with("button button-small icon-received", label, mark)
    }
}

/// Whether a wish is marked already as an edit would mark it.
fn is_marked(thing: &Thing, edit: &str) -> bool {
    let Thing::Wish(wish) = thing else { return false };
    let now = EditWish { received: Some(wish.received), ..EditWish::default() };
    json::write(&now).as_deref() == Some(edit)
}

/// A link that shows where it leads. The browser takes the address apart, as it will when the link
/// is followed; what leads anywhere but into the web is no link here.
fn link(url: &str) -> Option<AnyView> {
    let url = Url::new(url).ok().filter(|url| matches!(url.protocol().as_str(), "http:" | "https:"))?;
    let link = view! {
        <a class="wish-link" href=url.href() target="_blank" rel="noopener noreferrer nofollow">
            {url.host()}
        </a>
    };
    Some(link.into_any())
}
