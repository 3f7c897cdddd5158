//! What people do with one person's list as a whole: order it, share it, print it.

use js_sys::{Array, Function, Intl, Object, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::thing::Thing;
use shared::wishlist::Wish;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Navigator, ShareData};

use crate::element::{button, button_with, dynamic, value_if};
use crate::feed::Feed;
use crate::language;
use crate::session::Notice;
use crate::text;

/// The ids of what was received, or of all else: as they come, newest first, or by their names, as the
/// language sorts them.
pub(super) fn arranged(things: &[Thing], by_name: bool, received: bool) -> Vec<String> {
    // Only where it is needed: the browser takes a while to make one.
    let compare = by_name.then(comparison);
    let mut arranged = Vec::<&Thing>::new();
    for thing in things.iter().filter(|thing| is_received(thing) == received) {
        // Each into its place: a sort of the library's weighs more than a list is long.
        let after = |other: &&Thing| {
            compare.as_ref().is_some_and(|compare| is_after(compare, name(other), name(thing)))
        };
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
    let by_name = feed.by_name;
    let label = dynamic(move || if by_name.get() { text::sort_by_time() } else { text::sort_by_name() });
    let sort = move || {
        by_name.update(|by_name| *by_name = !*by_name);
        feed.load_all();
    };
    view! {
        <div class="list-tools" hidden=value_if("", move || feed.known.with(|known| known.things.is_empty()))>
            {button_with("button button-small icon-sort", label, sort)}
            {can_share().then(|| button("button button-small icon-share", text::share(), move || share(feed)))}
            {button("button button-small icon-print", text::print(), || _ = window().print())}
        </div>
    }
    .into_any()
}

fn has(navigator: &Navigator, name: &str) -> bool {
    Reflect::get(navigator, &name.into()).is_ok_and(|found| !found.is_undefined())
}

/// Without https there is neither.
fn can_share() -> bool {
    let navigator = window().navigator();
    has(&navigator, "share") || has(&navigator, "clipboard")
}

/// By the system's own dialog, or else by the clipboard, and says so.
fn share(feed: Feed) {
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
            feed.session.tell(Notice::LinkCopied);
        }
    });
}
