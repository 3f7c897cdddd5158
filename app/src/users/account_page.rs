//! The account page. A guest sees the login form.

use leptos::prelude::*;

use crate::i18n::texts;
use crate::sessions::guest_links::SignUpLink;
use crate::sessions::list::{SessionList, SessionListView};
use crate::sessions::log_in::LogIn;
use crate::sessions::state::Session;
use crate::users::deletion::DeleteAccount;
use crate::users::export::Export;
use crate::users::password::ChangePassword;
use crate::users::profile::EditProfile;
use crate::view::focus::focus_heading;
use crate::view::recreate_on_change::recreate_on_change;

/// The account page. It is redrawn for another user. It is not redrawn when the display name changes, so that typed
/// text stays.
#[component]
pub fn AccountPage() -> impl IntoView {
    let session = Session::from_context();
    let username = Memo::new(move |_| session.user().map(|user| user.username));
    view! {
        <div class="narrow">
            <h1 tabindex="-1">{texts().account}</h1>
            {recreate_on_change(move || match username.get() {
                Some(username) => view! { <Settings username /> }.into_any(),
                None => view! { <Guest /> }.into_any(),
            })}
        </div>
    }
}

#[component]
fn Settings(username: String) -> impl IntoView {
    let sessions = SessionList::new(Session::from_context());
    view! {
        <p class="lead">{texts().shared.logged_in_as} " " <bdi translate="no">"@"{username}</bdi></p>
        <Section heading=texts().shared.display_name>
            <EditProfile />
        </Section>
        <Section heading=texts().change_password>
            <ChangePassword sessions />
        </Section>
        <Section heading=texts().sessions>
            <SessionListView list=sessions />
        </Section>
        <Section heading=texts().your_data>
            <Export />
        </Section>
        <Section heading=texts().delete_account>
            <DeleteAccount />
        </Section>
    }
}

#[component]
fn Section(heading: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="card form">
            <h2>{heading}</h2>
            {children()}
        </section>
    }
}

#[component]
fn Guest() -> impl IntoView {
    view! {
        <p class="lead">
            {texts().account_login_hint} " " {texts().new_here} " " <SignUpLink label=texts().shared.sign_up />
        </p>
        <section class="card">
            <LogIn form="account-log-in" on_logged_in=Box::new(focus_heading) />
        </section>
    }
}
