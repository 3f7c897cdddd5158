//! Accounts: logging in and out, signing up, and the page with all that people do with their own.

pub mod leave;
pub mod log_in;
pub mod menu;
pub mod sign_up;

mod data;
mod delete;
mod name;
mod password;
mod sessions;

use leptos::prelude::*;

use crate::account::data::Data;
use crate::account::delete::Delete;
use crate::account::log_in::LogIn;
use crate::account::name::Rename;
use crate::account::password::ChangePassword;
use crate::account::sessions::Logins;
use crate::element::{dynamic, focus_heading, handler};
use crate::route::Route;
use crate::session::Session;
use crate::text;

/// The page. Made anew only for another person: a new name leaves what is typed.
#[component]
pub fn Account() -> impl IntoView {
    let session = Session::current();
    let username = Memo::new(move |_| session.user().map(|user| user.username));
    view! {
        <div class="narrow">
            <h1 tabindex="-1">{text::account()}</h1>
            {dynamic(move || match username.get() {
                Some(username) => view! { <Settings username /> }.into_any(),
                None => view! { <Guest /> }.into_any(),
            })}
        </div>
    }
}

#[component]
fn Settings(username: String) -> impl IntoView {
    // A new password ends all other logins.
    let logins = Logins::new(Session::current());
    view! {
        <p class="lead">{text::logged_in_as()} " " <bdi>"@"{username}</bdi></p>
        {section(text::name(), view! { <Rename /> }.into_any())}
        {section(text::change_password(), view! { <ChangePassword logins /> }.into_any())}
        {section(text::logins(), logins.draw())}
        {section(text::your_data(), view! { <Data /> }.into_any())}
        {section(text::delete_account(), view! { <Delete /> }.into_any())}
    }
}

fn section(heading: &'static str, content: AnyView) -> AnyView {
    view! {
        <section class="card form">
            <h2>{heading}</h2>
            {content}
        </section>
    }
    .into_any()
}

#[component]
fn Guest() -> impl IntoView {
    view! {
        <p class="lead">
            {text::account_guest()} " " <a href=Route::Account.to_sign_up()>{text::sign_up()}</a>
        </p>
        <section class="card">
            <LogIn form="account-log-in" then=handler(|()| focus_heading()) />
        </section>
    }
}
