//! The end of a list, after its last post: a placeholder while the list is loading, an error, a hint if the list is
//! empty, or the button that loads older posts.

use leptos::prelude::*;

use crate::api::Error;
use crate::i18n::{errors, texts};
use crate::posts::list::PostList;
use crate::posts::list::state::ListState;
use crate::router::Route;
use crate::sessions::guest_links::SignUpLink;
use crate::view::button::Button;
use crate::view::focus::focus_heading;
use crate::view::live_region::LiveRegion;
use crate::view::placeholder::Placeholder;
use crate::view::recreate_on_change::{ReactiveText, recreate_on_change};

/// The part of the page below the last post.
#[derive(Clone, Copy, PartialEq)]
pub enum ListEnd {
    /// The first page is being loaded.
    Loading,
    /// The first page could not be loaded.
    Failed,
    /// The list is empty.
    Empty,
    /// The API has older posts.
    HasOlder,
    /// All posts are shown.
    Complete,
}

impl PostList {
    /// The end of this list. Tracks changes.
    pub fn end(self) -> ListEnd {
        self.state.with(|state| match state {
            ListState { is_loaded: false, .. } if self.load_error.with(Option::is_some) => ListEnd::Failed,
            ListState { is_loaded: false, .. } => ListEnd::Loading,
            ListState { next: Some(_), .. } => ListEnd::HasOlder,
            ListState { posts, .. } if posts.is_empty() => ListEnd::Empty,
            _ => ListEnd::Complete,
        })
    }
}

/// The part of the page below the last post.
#[component]
pub fn EndOfList(list: PostList, end: Memo<ListEnd>) -> impl IntoView {
    recreate_on_change(move || match end.get() {
        ListEnd::Loading => view! { <Placeholder /> }.into_any(),
        ListEnd::Failed => view! { <LoadError list /> }.into_any(),
        ListEnd::Empty => view! { <EmptyList list /> }.into_any(),
        ListEnd::HasOlder => view! { <OlderButton list /> }.into_any(),
        ListEnd::Complete => ().into_any(),
    })
}

/// Says why the first page could not be loaded. While it is loaded again, shows the placeholder.
#[component]
fn LoadError(list: PostList) -> impl IntoView {
    let reload = move |_| {
        list.reload();
        focus_heading(); // the button disappears
    };
    let view_error = move |error: Error| {
        let (text, next_step) = match error.status() {
            // The user does not exist, so another attempt would also fail.
            Some(404) => {
                (texts().shared.page_not_found_detail.to_owned(), view! { <AllWishesLink /> }.into_any())
            }
            _ => {
                let button = view! { <Button class="button" on_click=reload>{texts().retry}</Button> };
                (errors::load_error(&error), button.into_any())
            }
        };
        view! {
            <div class="page-message" role="alert">
                <p>{text}</p>
                {next_step}
            </div>
        }
        .into_any()
    };
    recreate_on_change(move || match list.load_error.get() {
        Some(error) => view_error(error),
        None => view! { <Placeholder /> }.into_any(),
    })
}

/// Says that the list is empty, and what to do.
#[component]
fn EmptyList(list: PostList) -> impl IntoView {
    let labels = list.kind.labels();
    view! {
        <div class="page-message">
            <h2>{list.kind.shared_labels().empty}</h2>
            {recreate_on_change(move || match list.session.user() {
                None if !list.is_of_one_user() => {
                    view! { <p><SignUpLink label=texts().empty_hint_sign_up />{labels.empty_hint_guest}</p> }.into_any()
                }
                Some(user) if list.can_be_added_to_by(&user.username) => {
                    view! { <p>{labels.empty_hint_user}</p> }.into_any()
                }
                _ => view! { <AllWishesLink /> }.into_any(),
            })}
        </div>
    }
}

/// The button that loads older posts, after the error of the last attempt.
#[component]
fn OlderButton(list: PostList) -> impl IntoView {
    let label = list.kind.shared_labels().older;
    view! {
        <ErrorRegion role="alert" class="error-box" error=list.load_error />
        <button
            class="button older-button"
            type="button"
            aria-disabled=move || list.is_loading_older.get().then_some("true")
            on:click=move |_| list.load_older()
        >
            <ReactiveText text=move || if list.is_loading_older.get() { texts().loading } else { label } />
        </button>
    }
}

/// A live region that shows an error.
#[component]
pub fn ErrorRegion(role: &'static str, class: &'static str, error: RwSignal<Option<Error>>) -> impl IntoView {
    let text = move || error.with(|error| error.as_ref().map(errors::api_error));
    view! { <LiveRegion role class text /> }
}

#[component]
fn AllWishesLink() -> impl IntoView {
    view! { <a class="button" href=Route::Wishes.href()>{texts().see_all_wishes}</a> }
}
