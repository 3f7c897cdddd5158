//! The account part of the navigation bar: for guests a sign-up link and the login form, for users a menu.

use leptos::prelude::*;
use shared::users::User;

use crate::chunks::context::Chunks;
use crate::i18n::texts;
use crate::layout::dropdown::Dropdown;
use crate::router::Route;
use crate::sessions::guest_links::SignUpLink;
use crate::sessions::log_out::log_out;
use crate::sessions::state::Session;
use crate::view::button::Button;
use crate::view::focus::focus_first;
use crate::view::recreate_on_change::recreate_on_change;

/// The menu for the current guest or user. It changes with the session.
#[component]
pub fn AccountMenu() -> impl IntoView {
    let session = Session::from_context();
    recreate_on_change(move || match session.user() {
        Some(user) => view! { <UserMenu user /> }.into_any(),
        None => view! { <GuestMenu /> }.into_any(),
    })
}

#[component]
fn GuestMenu() -> impl IntoView {
    let guest_forms = Chunks::from_context().guest_forms;
    let focus_username = || focus_first("header [open] input");
    let on_toggle = move || {
        guest_forms.load();
        focus_username();
    };
    view! {
        <SignUpLink class="bar-link" label=texts().shared.sign_up />
        <Dropdown summary=texts().shared.log_in.into_any() on_toggle=Box::new(on_toggle)>
            {guest_forms.view(move |forms| {
                focus_username(); // the dropdown may already be open
                (forms.log_in)(Box::new(focus_menu))
            })}
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
            <Button class="button" on_click=on_log_out>{texts().shared.log_out}</Button>
        </Dropdown>
    }
}

/// Moves the focus to the summary of the menu that replaces this one.
fn focus_menu() {
    focus_first("header summary");
}
