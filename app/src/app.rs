//! The layout around every page: the navigation bar, a notice when there is one, the page.

use leptos::prelude::*;

use crate::account::Account;
use crate::account::menu::Menu;
use crate::account::sign_up::SignUp;
use crate::board::Board;
use crate::route::{self, Route};
use crate::session::Session;
use crate::text;

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    let session = Session::provide();
    let route = route::follow();
    Effect::new(move || document().set_title(&text::title(route.get())));

    view! {
        <a class="skip" href="#main">{text::skip_to_content()}</a>
        <Bar />
        <main class="page" id="main">
            <NoticeLine session />
            {move || match route.get() {
                Route::Board => view! { <Board /> }.into_any(),
                Route::SignUp => view! { <SignUp /> }.into_any(),
                Route::Account => view! { <Account /> }.into_any(),
                Route::NotFound => view! { <NotFound /> }.into_any(),
            }}
        </main>
    }
}

#[component]
fn Bar() -> impl IntoView {
    view! {
        <header class="bar">
            <div class="bar-row">
                <a class="brand" href=Route::Board.href()>
                    {text::brand()}
                </a>
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
    view! {
        <div role="status">
            {move || {
                session
                    .notice()
                    .map(|notice| {
                        view! {
                            <p class="notice">
                                {text::notice(&notice)}
                                <button
                                    class="button button-quiet"
                                    type="button"
                                    on:click=move |_| session.dismiss_notice()
                                >
                                    {text::dismiss()}
                                </button>
                            </p>
                        }
                    })
            }}
        </div>
    }
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
