//! The navigation bar at the top of every page.

use leptos::prelude::*;

use crate::i18n::texts;
use crate::layout::account_menu::AccountMenu;
use crate::navigation;
use crate::router::Route;

/// The bar with the app's name, the links to the pages, and the account menu.
#[component]
pub fn NavigationBar() -> impl IntoView {
    let route = navigation::current_route();
    let link = move |target: Route, label: &'static str| {
        let href = target.href();
        view! {
            <a
                class="bar-link"
                href=href
                aria-current=move || (route.get() == target).then_some("page")
            >
                {label}
            </a>
        }
    };
    view! {
        <header class="bar">
            <div class="bar-row">
                <a class="brand" href=Route::Messages.href()>
                    {texts().app_name}
                </a>
                <nav class="bar-nav bar-pages" aria-label=texts().shared.pages>
                    {link(Route::Messages, texts().shared.messages)}
                    {link(Route::Wishes, texts().shared.wishes)}
                </nav>
                <nav class="bar-nav" aria-label=texts().account>
                    <AccountMenu />
                </nav>
            </div>
        </header>
    }
}
