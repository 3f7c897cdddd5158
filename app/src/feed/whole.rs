//! What people do with one person's list as a whole: order it, share it, print it.

use std::time::Duration;

use js_sys::{Array, Function, Intl, Object, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::thing::Thing;
use shared::wishlist::Wish;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, Navigator, ShareData};

use crate::element::{button, handler, live, value_if};
use crate::feed::{End, Feed};
use crate::language;
use crate::text;

/// In which order the things are. What was received is by itself, after all others.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) enum Order {
    /// As they come.
    #[default]
    Newest,
    /// By their names, as the language sorts them.
    Name,
}

/// The ids of what was received, or of all else, in this order.
pub(super) fn arranged(things: &[Thing], order: Order, received: bool) -> Vec<String> {
    let compare = comparison();
    let mut arranged = Vec::<&Thing>::new();
    for thing in things.iter().filter(|thing| is_received(thing) == received) {
        // Each into its place: a sort of the library's weighs more than a list is long.
        let after = |other: &&Thing| order == Order::Name && is_after(&compare, name(other), name(thing));
        let at = arranged.iter().position(after).unwrap_or(arranged.len());
        arranged.insert(at, thing);
    }
    arranged.into_iter().map(|thing| thing.id().to_owned()).collect()
}

pub(super) fn is_received(thing: &Thing) -> bool {
    matches!(thing, Thing::Wish(Wish { received: true, .. }))
}

fn name(thing: &Thing) -> &str {
    match thing {
        Thing::Wish(wish) => &wish.name,
        Thing::Message(message) => &message.body,
    }
}

/// 2 comes before 10, and ä beside a.
fn comparison() -> Function {
    let options = Object::new();
    _ = Reflect::set(&options, &"numeric".into(), &true.into());
    Intl::Collator::new(&Array::of1(&language::locale().into()), &options).compare()
}

fn is_after(compare: &Function, one: &str, other: &str) -> bool {
    let order = compare.call2(&JsValue::UNDEFINED, &one.into(), &other.into());
    order.ok().and_then(|order| order.as_f64()).is_some_and(|order| order > 0.0)
}

/// The tools; there once the list has something in it.
pub(super) fn draw(feed: Feed) -> AnyView {
    let copied = RwSignal::new(false);
    // The order of a part would be none: the rest is read, too.
    Effect::new(move || {
        let more = feed.end() == End::Older && feed.failure.with(Option::is_none);
        if feed.order.get() == Order::Name && more && !feed.loading.get() {
            feed.load_older();
        }
    });
    view! {
        <div class="list-tools" hidden=value_if("", move || feed.known.with(|known| known.things.is_empty()))>
            {orders(feed)}
            {can_share().then(|| button("button button-small icon-share", text::share(), move || share(copied)))}
            {button("button button-small icon-print", text::print(), || _ = window().print())}
        </div>
        {live("status", "notice", move || copied.get().then(|| text::link_copied().to_owned()))}
    }
    .into_any()
}

fn orders(feed: Feed) -> AnyView {
    let choose = handler(move |event: Event| {
        let chosen: String = event_target_value(&event);
        feed.order.set(if chosen == "name" { Order::Name } else { Order::Newest });
    });
    view! {
        <select aria-label=text::order() autocomplete="off" on:change=choose>
            <option value="newest">{text::order_newest()}</option>
            <option value="name">{text::order_by_name()}</option>
        </select>
    }
    .into_any()
}

/// Browsers may lack both, and lack the second without https.
fn can_share() -> bool {
    let navigator = window().navigator();
    has(&navigator, "share") || has(&navigator, "clipboard")
}

fn has(navigator: &Navigator, name: &str) -> bool {
    Reflect::get(navigator, &name.into()).is_ok_and(|found| !found.is_undefined())
}

/// By the system's own dialog, or else by the clipboard, and says so.
fn share(copied: RwSignal<bool>) {
    let navigator = window().navigator();
    let address = window().location().href().unwrap_or_default();
    if has(&navigator, "share") {
        let data = ShareData::new();
        data.set_title(&document().title());
        data.set_url(&address);
        // Whoever thinks better of it has not failed.
        spawn_local(async move { _ = JsFuture::from(navigator.share_with_data(&data)).await });
        return;
    }
    spawn_local(async move {
        if JsFuture::from(navigator.clipboard().write_text(&address)).await.is_ok() {
            _ = copied.try_set(true);
            set_timeout(move || _ = copied.try_set(false), Duration::from_secs(5));
        }
    });
}
