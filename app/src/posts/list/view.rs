//! How a list is drawn: loading, failed, empty, and one article for each thing.

use std::time::Duration;

use leptos::prelude::*;
use shared::account::Person;
use shared::board::Message;
use shared::thing::Thing;
use web_sys::MouseEvent;

use crate::api::Failure;
use crate::element::{button, dynamic, focus_heading, handler, keyed, line, live, value_if};
use crate::feed::avatar;
use crate::feed::editor::Editor;
use crate::feed::removal::Removal;
use crate::feed::whole;
use crate::feed::{End, Feed};
use crate::form;
use crate::route::Route;
use crate::text;

/// For who may add something here the button to do so, for guests how to become one of them.
pub(super) fn invitation(feed: Feed, new: Editor) -> AnyView {
    dynamic(move || {
        let words = feed.kind.words();
        match feed.session.user() {
            Some(user) if feed.owner.get_value().is_none_or(|owner| owner == user.username) => {
                view! {
                    <div class="page-tools">
                        {dynamic(move || new.has_draft().then(|| view! { <span class="hint">{text::draft_waiting()}</span> }))}
                        {button("button button-primary", words.add, move || new.open(None))}
                    </div>
                }
                .into_any()
            }
            Some(_) => ().into_any(),
            None => view! { <p class="hint">{words.guest}</p> }.into_any(),
        }
    })
}

/// The list, and what follows its last thing.
pub(super) fn draw(feed: Feed, edit: Editor, removal: Removal) -> AnyView {
    let now = now();
    let end = Memo::new(move |_| feed.end());
    let article = move |id: String| {
        let thing = Memo::new(move |_| feed.find(&id));
        let drawn = dynamic(move || thing.get().map(|thing| draw_thing(feed, &thing, now)));
        view! { <article class="card thing">{drawn}{tools(feed, thing, edit, removal)}</article> }.into_any()
    };
    let persons = feed.owner.with_value(Option::is_some);
    let stale = move || (feed.stale.get() && end.get() != End::Failed).then(|| text::stale().to_owned());
    view! {
        {live("status", "notice", stale)}
        {told("status", "notice", feed.said)}
        <div role="status">{dynamic(move || draw_news(feed))}</div>
        {persons.then(|| whole::draw(feed))}
        <div class="feed" aria-busy=value_if("true", move || end.get() == End::Loading)>
            {keyed(move || if persons { ids(feed, false) } else { all_ids(feed) }, article)}
        </div>
        {persons.then(|| folded(feed, article))}
        {dynamic(move || draw_end(feed, end.get()))}
    }
    .into_any()
}

fn all_ids(feed: Feed) -> Vec<String> {
    feed.known.with(|known| known.things.iter().map(|thing| thing.id().to_owned()).collect())
}

fn ids(feed: Feed, received: bool) -> Vec<String> {
    feed.known.with(|known| whole::arranged(&known.things, feed.by_name.get(), received))
}

/// What came true is out of the way, and still there.
fn folded(feed: Feed, article: impl Fn(String) -> AnyView + Send + Sync + 'static) -> AnyView {
    let count = move || {
        feed.known.with(|known| known.things.iter().filter(|thing| whole::is_received(thing)).count())
    };
    view! {
        <details class="fold" hidden=value_if("", move || count() == 0)>
            <summary>{dynamic(move || text::sentence::received(count()))}</summary>
            <div class="feed">{keyed(move || ids(feed, true), article)}</div>
        </details>
    }
    .into_any()
}

/// What was marked is in another part of the list now, and the button that did it is gone: the focus
/// goes where it went. Should it be elsewhere, it stays there.
pub(super) fn follow_moved(feed: Feed) {
    let any = feed.known.try_with(|known| known.things.iter().any(whole::is_received));
    let target = if any == Some(true) { ".fold > summary" } else { "h1" };
    request_animation_frame(move || {
        let lost = document().active_element().is_none_or(|focused| focused.tag_name() == "BODY");
        if let (true, Ok(Some(main))) = (lost, document().query_selector("main")) {
            form::focus_in(main, target);
        }
    });
}

/// The time in milliseconds since 1970; moves on while the page is open.
fn now() -> ReadSignal<f64> {
    let (now, set_now) = signal(js_sys::Date::now());
    let tick = move || set_now.set(js_sys::Date::now());
    if let Ok(interval) = set_interval_with_handle(tick, Duration::from_secs(30)) {
        on_cleanup(move || interval.clear());
    }
    now
}

fn draw_thing(feed: Feed, thing: &Thing, now: ReadSignal<f64>) -> AnyView {
    let created_at = thing.created_at().to_owned();
    let full_time = text::time::full_time(&created_at);
    let written = created_at.clone();
    let edited = matches!(thing, Thing::Message(Message { edited_at: Some(_), .. }));
    // On a list of one's own, the page's title says whose it is.
    let everybodys = feed.owner.with_value(Option::is_none);
    view! {
        {everybodys.then(|| avatar::draw(thing.owner()))}
        <header class="thing-head">
            {everybodys.then(|| owner(thing.owner()))}
            <time class="hint" datetime=created_at title=full_time>
                {dynamic(move || text::time::ago(&written, now.get()))}
            </time>
            {edited.then(|| view! { <span class="hint">{text::edited()}</span> })}
        </header>
        <div class="thing-content">{feed.kind.content(thing)}</div>
    }
    .into_any()
}

fn owner(person: &Person) -> AnyView {
    let href = Route::Person(person.username.clone()).href();
    view! { <a class="thing-owner" href=href><bdi>{person.name.clone()}</bdi></a> }.into_any()
}

/// What the owner of a thing can do with it.
fn tools(feed: Feed, thing: Memo<Option<Thing>>, edit: Editor, removal: Removal) -> AnyView {
    let owned = Memo::new(move |_| {
        let user = feed.session.user();
        user.is_some_and(|user| {
            thing.with(|thing| thing.as_ref().is_some_and(|thing| thing.owner().username == user.username))
        })
    });
    dynamic(move || {
        owned.get().then(|| {
            view! {
                <footer class="thing-tools">
                    {feed.kind.actions(feed, thing)}
                    {button("button button-small icon-edit", text::edit(), move || edit.open(thing.get_untracked()))}
                    {button("button button-small icon-delete", text::delete(), move || removal.open(thing.get_untracked()))}
                </footer>
            }
        })
    })
}

/// What others have added is not pushed under somebody's eyes: they ask for it.
fn draw_news(feed: Feed) -> Option<AnyView> {
    let (news, all) = feed.news();
    let show = move |_: MouseEvent| {
        feed.show_news();
        focus_heading();
    };
    let label = text::sentence::news(feed.kind.words().news, news, all);
    (news > 0).then(|| {
        view! { <button class="button news-button" type="button" on:click=handler(show)>{label}</button> }
            .into_any()
    })
}

fn draw_end(feed: Feed, end: End) -> AnyView {
    match end {
        End::Loading => loading(),
        End::Failed => dynamic(move || failed(feed)),
        End::Empty => dynamic(move || empty(feed)),
        End::Older => older(feed),
        End::Nothing => ().into_any(),
    }
}

/// Neutral blocks, as in the shell.
fn loading() -> AnyView {
    view! {
        <div class="feed">
            <p class="unseen" role="status">{text::loading()}</p>
            <div class="block block-card"></div>
            <div class="block block-card"></div>
            <div class="block block-card"></div>
        </div>
    }
    .into_any()
}

fn failed(feed: Feed) -> AnyView {
    let Some(failure) = feed.failure.get() else { return loading() };
    let (text, next) = match failure.status() {
        // Nor will there be anybody the next time.
        Some(404) => (text::not_found_detail().to_owned(), to_all_wishes()),
        _ => (
            text::trouble::failure(&failure),
            button("button", text::try_again(), move || {
                feed.reload();
                focus_heading(); // the button goes
            }),
        ),
    };
    view! {
        <div class="state" role="alert">
            <p>{text}</p>
            {next}
        </div>
    }
    .into_any()
}

fn to_all_wishes() -> AnyView {
    view! { <a class="button" href=Route::Wishes.href()>{text::to_the_wishes()}</a> }.into_any()
}

/// There is nothing yet: what to do next.
fn empty(feed: Feed) -> AnyView {
    let words = feed.kind.words();
    let next = match (feed.session.user(), feed.owner.get_value()) {
        (None, None) => line("", words.none_guest.to_owned()),
        (Some(user), owner) if owner.as_ref().is_none_or(|owner| *owner == user.username) => {
            line("", words.none_user.to_owned())
        }
        // On somebody else's list there is nothing to do but look elsewhere.
        _ => to_all_wishes(),
    };
    view! { <div class="state"><h2>{words.none}</h2>{next}</div> }.into_any()
}

fn older(feed: Feed) -> AnyView {
    let words = feed.kind.words();
    let label = dynamic(move || if feed.loading.get() { text::loading() } else { words.older });
    let busy = value_if("true", move || feed.loading.get());
    let on_click = handler(move |_: MouseEvent| feed.load_older());
    view! {
        {told("alert", "trouble", feed.failure)}
        <button class="button older" type="button" aria-disabled=busy on:click=on_click>
            {label}
        </button>
    }
    .into_any()
}

fn told(role: &'static str, class: &'static str, failure: RwSignal<Option<Failure>>) -> AnyView {
    live(role, class, move || failure.with(|failure| failure.as_ref().map(text::trouble::failure)))
}
