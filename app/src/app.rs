//! The layout around every page: the navigation bar, a notice when there is one, the page.

use futures_util::FutureExt;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::PageTransitionEvent;

use crate::account::Account;
use crate::account::leave;
use crate::account::menu::Menu;
use crate::account::sign_up::SignUp;
use crate::api;
use crate::board::Board;
use crate::element::{button, button_in, dynamic, focus_heading, keyed, live, value_if};
use crate::feed::shelf::Shelf;
use crate::form;
use crate::language::{self, LANGUAGES, Language};
use crate::route::{self, Route};
use crate::session::{Notice, Session};
use crate::tabs;
use crate::text;
use crate::wishlist::{PersonsWishes, Wishes};

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    let languages = language::find();
    let session = Session::provide();
    let route = route::follow();
    let shelf = Shelf::new();
    follow(session);
    Effect::new(move || {
        languages.track();
        let tag = language::spoken().tag();
        _ = document().document_element().map(|html| html.set_attribute("lang", tag));
        if let Some(heading) = text::heading(&route.get()) {
            document().set_title(&text::sentence::title(heading));
        }
    });
    // Another language is another layout: most texts are drawn once.
    dynamic(move || {
        let key = languages.get().to_string();
        keyed(move || vec![key.clone()], move |_| layout(languages, session, route, shelf))
    })
}

fn layout(languages: RwSignal<u32>, session: Session, route: ReadSignal<Route>, shelf: Shelf) -> AnyView {
    let shown = Memo::new(move |_| (route.get(), session.changes_of_person()));
    view! {
        <a class="skip" href="#main">{text::skip_to_content()}</a>
        <Bar route />
        <main class="page" id="main">
            <NoticeLine session />
            <OfflineLine />
            {dynamic(move || one_page(shown.get(), shelf))}
        </main>
        <Foot languages />
    }
    .into_any()
}

/// Follows what happens around the page: in other tabs, to the network, to the page itself.
fn follow(session: Session) {
    let tell_log_out = move || spawn_local(leave::finish(session).boxed_local());
    tell_log_out();
    tabs::listen(move |word| match word {
        tabs::OUT => session.log_out_too(),
        tabs::IN if !session.is_kept() => spawn_local(join(session).boxed_local()),
        tabs::IN => session.look(),
        word => _ = word.strip_prefix(tabs::GONE).map(|username| session.forget(username)),
    });
    let online = window_event_listener(ev::online, move |_| tell_log_out());
    let back = window_event_listener_untyped("pageshow", move |event| {
        if event.dyn_into().is_ok_and(|event: PageTransitionEvent| event.persisted()) {
            session.come_back();
        }
    });
    on_cleanup(move || [online, back].into_iter().for_each(|listener| listener.remove()));
}

/// Somebody has logged in in another tab, where the browser keeps nothing that this tab could read:
/// the cookie says who.
async fn join(session: Session) {
    if let Ok(login) = api::enter_by_cookie().await {
        session.join(login);
    }
}

/// Never one page made out of another, nor one person's out of another's: an open dialog and what is
/// typed would stay. (The page before has ended by now: what draws this has begun anew.)
fn one_page((route, person): (Route, u32), shelf: Shelf) -> AnyView {
    let key = format!("{} {person}", route.href());
    keyed(move || vec![key.clone()], move |_| page(route.clone(), shelf))
}

fn page(route: Route, shelf: Shelf) -> AnyView {
    match route {
        Route::Board => view! { <Board shelf /> }.into_any(),
        Route::Wishes => view! { <Wishes shelf /> }.into_any(),
        Route::Person(username) => view! { <PersonsWishes username shelf /> }.into_any(),
        Route::SignUp => view! { <SignUp /> }.into_any(),
        Route::Account => view! { <Account /> }.into_any(),
        Route::NotFound => view! { <NotFound /> }.into_any(),
    }
}

#[component]
fn Bar(route: ReadSignal<Route>) -> impl IntoView {
    let link = move |to: Route, label: &'static str| {
        let href = to.href();
        let current = value_if("page", move || route.get() == to);
        view! { <a class="bar-link" href=href aria-current=current>{label}</a> }
    };
    view! {
        <header class="bar">
            <div class="bar-row">
                <a class="brand" href=Route::Board.href()>
                    {text::brand()}
                </a>
                <nav class="bar-nav bar-pages" aria-label=text::pages()>
                    {link(Route::Board, text::messages())}
                    {link(Route::Wishes, text::wishes())}
                </nav>
                <nav class="bar-nav" aria-label=text::account()>
                    <Menu route />
                </nav>
            </div>
        </header>
    }
}

/// The other languages.
#[component]
fn Foot(languages: RwSignal<u32>) -> impl IntoView {
    let other = move |tag: String| {
        let Some(to) = Language::of(&tag) else { return ().into_any() };
        let choose = move || {
            language::choose(languages, to);
            // The button is another one by now.
            _ = document().document_element().map(|html| form::focus_in(html, ".foot button"));
        };
        button_in(to.tag(), to.name(), choose)
    };
    let tags = move || {
        let others = LANGUAGES.into_iter().filter(|other| *other != language::spoken());
        others.map(|other| other.tag().to_owned()).collect()
    };
    view! {
        <footer class="foot">
            <nav class="bar-nav" aria-label=text::languages()>{keyed(tags, other)}</nav>
        </footer>
    }
}

/// What happened to the login behind the person's back. The region is always there, so that a
/// screen reader hears when it is filled.
#[component]
fn NoticeLine(session: Session) -> impl IntoView {
    let line = move |notice: Notice| {
        view! {
            <p class="notice">
                {text::sentence::notice(&notice)}
                {button("button button-quiet", text::dismiss(), move || {
                    session.dismiss_notice();
                    focus_heading(); // the button goes
                })}
            </p>
        }
    };
    view! { <div role="status">{dynamic(move || session.notice().map(line))}</div> }
}

/// What still works without a network.
#[component]
fn OfflineLine() -> impl IntoView {
    let is_online = || window().navigator().on_line();
    let online = RwSignal::new(is_online());
    let back = window_event_listener(ev::online, move |_| online.set(is_online()));
    let gone = window_event_listener(ev::offline, move |_| online.set(is_online()));
    on_cleanup(move || [back, gone].into_iter().for_each(|listener| listener.remove()));
    live("status", "notice", move || (!online.get()).then(|| text::offline().to_owned()))
}

#[component]
fn NotFound() -> impl IntoView {
    view! {
        <div class="state">
            <h1 tabindex="-1">{text::not_found()}</h1>
            <p>{text::not_found_detail()}</p>
            <p>
                <a class="button" href=Route::Board.href()>
                    {text::to_the_messages()}
                </a>
            </p>
        </div>
    }
}
