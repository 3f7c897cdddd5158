//! The layout around every page: the navigation bar, a notice when there is one, the page.

use leptos::prelude::*;

use crate::account::Account;
use crate::account::menu::Menu;
use crate::account::sign_up::SignUp;
use crate::board::Board;
use crate::element::{button, dynamic, value_if};
use crate::route::{self, Route};
use crate::session::{Notice, Session};
use crate::text;
use crate::wishlist::{PersonsWishes, Wishes};

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::provide();
    let route = route::follow();
    Effect::new(move || document().set_title(&text::title(&route.get())));
    let shown = Memo::new(move |_| (route.get(), session.changes_of_person()));

    view! {
        <a class="skip" href="#main">{text::skip_to_content()}</a>
        <Bar route />
        <main class="page" id="main">
            <NoticeLine session />
            // Never one page made out of another, nor one person's out of another's: an open dialog
            // and what is typed would stay.
            {dynamic(move || page(shown.get().0))}
        </main>
    }
}

fn page(route: Route) -> AnyView {
    match route {
        Route::Board => view! { <Board /> }.into_any(),
        Route::Wishes => view! { <Wishes /> }.into_any(),
        Route::Person(username) => view! { <PersonsWishes username /> }.into_any(),
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
                    <Menu />
                </nav>
            </div>
        </header>
    }
}

/// What happened to the login behind the person's back. The region is always there, so that a
/// screen reader hears when it is filled.
#[component]
fn NoticeLine(session: Session) -> impl IntoView {
    let line = move |notice: Notice| {
        view! {
            <p class="notice">
                {text::notice(&notice)}
                {button("button button-quiet", text::dismiss(), move || session.dismiss_notice())}
            </p>
        }
    };
    view! { <div role="status">{dynamic(move || session.notice().map(line))}</div> }
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
