//! The account part of the navigation bar: for guests a sign-up link and the login form, for users a menu.

use leptos::prelude::*;
use shared::users::User;

use crate::chunks::Chunks;
use crate::i18n::texts;
use crate::layout::dropdown::Dropdown;
use crate::navigation;
use crate::router::Route;
use crate::sessions::log_out::log_out;
use crate::sessions::state::Session;
use crate::view::button::Button;
use crate::view::focus::focus_first;
use crate::view::recreated::recreated;

/// The menu for the current guest or user. It changes with the session.
#[component]
pub fn AccountMenu() -> impl IntoView {
    let session = Session::from_context();
    recreated(move || match session.user() {
        Some(user) => view! { <UserMenu user /> }.into_any(),
        None => view! { <GuestMenu /> }.into_any(),
    })
}

#[component]
fn GuestMenu() -> impl IntoView {
    let route = navigation::current_route();
    let guest_forms = Chunks::from_context().guest_forms;
    view! {
        <a class="bar-link" href=move || route.get().sign_up_href()>{texts().sign_up}</a>
        <Dropdown summary=texts().log_in.into_any() on_toggle=Box::new(move || guest_forms.load())>
            {guest_forms.view(|forms| (forms.log_in)("log-in", Box::new(focus_menu)))}
        </Dropdown>
    }
}

#[component]
fn UserMenu(user: User) -> impl IntoView {
    let session = Session::from_context();
    let on_log_out = move |_| {
        log_out(session);
        focus_menu();
    };
    let name = view! { <bdi class="bar-name" translate="no">{user.name.clone()}</bdi> };
    view! {
        <Dropdown summary=name.into_any()>
            <p class="menu-user">
                <bdi translate="no">{user.name.clone()}</bdi>
                <span class="hint" translate="no">"@"{user.username.clone()}</span>
            </p>
            <a class="bar-link" href=Route::UserWishes(user.username.clone()).href()>
                {texts().my_wishes}
            </a>
            <a class="bar-link" href=Route::Account.href()>{texts().account}</a>
            <Button class="button" on_click=on_log_out>{texts().log_out}</Button>
        </Dropdown>
    }
}

/// Moves the focus to the summary of the menu that replaces this one.
fn focus_menu() {
    focus_first("header summary");
}
