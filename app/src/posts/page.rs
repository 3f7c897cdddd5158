//! A page with a list of posts: the heading, the button for a new post, the dialogs and the list.

use leptos::prelude::*;

use crate::chunks::context::Chunks;
use crate::i18n::texts;
use crate::posts::editing::PageDialogs;
use crate::posts::list::view::PostListView;
use crate::posts::list::{PostList, polling};
use crate::sessions::guest_links::{LogInLink, SignUpLink};
use crate::view::recreate_on_change::{ReactiveText, recreate_on_change};

/// The page. Starts to load the list.
#[component]
pub(crate) fn ListPage(
    list: PostList,
    /// The text of the heading.
    children: Children,
) -> impl IntoView {
    polling::start(list);
    let dialogs = PageDialogs::new(None);
    let editing = Chunks::from_context().editing;
    view! {
        // Before the buttons, which open the dialogs. Also on the page of a guest, so that a text in a dialog survives
        // the end of the session.
        {editing.view_if_loaded(move |editing| (editing.dialogs)(list, dialogs))}
        <div class="page-head">
            <div>
                <h1 tabindex="-1">{children()}</h1>
                {list.is_of_one_user().then(|| view! { <ListOwner list /> })}
            </div>
            <CreateButtonOrHint list dialogs />
        </div>
        <PostListView list dialogs />
    }
}

/// The display name and the username of the list's owner.
#[component]
fn ListOwner(list: PostList) -> impl IntoView {
    view! {
        <p class="list-owner" translate="no">
            <bdi>
                <ReactiveText text=move || list.owner_name() />
            </bdi>
            " @"
            {list.owner.get_value()}
        </p>
    }
}

/// A button for users who may post here, a hint for guests, nothing for other users.
#[component]
fn CreateButtonOrHint(list: PostList, dialogs: PageDialogs) -> impl IntoView {
    let editing = Chunks::from_context().editing;
    recreate_on_change(move || match list.session.user() {
        Some(user) if list.can_be_added_to_by(&user.username) => {
            editing.load_and_view(move |editing| (editing.create_button)(list, dialogs))
        }
        Some(_) => ().into_any(),
        None => view! { <GuestHint purpose=list.kind.shared_labels().guest_hint /> }.into_any(),
    })
}

/// Tells guests to log in or sign up.
#[component]
fn GuestHint(
    /// The end of the sentence.
    purpose: &'static str,
) -> impl IntoView {
    let texts = &texts().shared.guest_hint;
    view! {
        <p class="hint">
            <LogInLink label=texts.log_in />
            {texts.or}
            <SignUpLink label=texts.sign_up />
            {purpose}
        </p>
    }
}
