//! The end of a list, after its last post: a placeholder while the list is loading, an error, a hint if the list is
//! empty, or the button that loads older posts.

use leptos::prelude::*;

use crate::api::Error;
use crate::i18n::{errors, texts};
use crate::posts::list::PostList;
use crate::posts::list::state::ListState;
use crate::router::Route;
use crate::view::focus::focus_heading;
use crate::view::live_region::{live_region, paragraph};
use crate::view::placeholder::blocks;
use crate::view::reactive::reactive;

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

    /// Draws the end of this list.
    pub fn view_end(self, end: ListEnd) -> AnyView {
        match end {
            ListEnd::Loading => blocks(),
            ListEnd::Failed => reactive(move || self.view_load_error()),
            ListEnd::Empty => reactive(move || self.view_empty()),
            ListEnd::HasOlder => self.view_older_button(),
            ListEnd::Complete => ().into_any(),
        }
    }

    fn view_load_error(self) -> AnyView {
        let Some(error) = self.load_error.get() else { return blocks() };
        let (text, next_step) = match error.status() {
            // The user does not exist, so another attempt would also fail.
            Some(404) => (texts().page_not_found_detail.to_owned(), all_wishes_link()),
            _ => (errors::api_error(&error), self.view_try_again_button()),
        };
        view! {
            <div class="page-message" role="alert">
                <p>{text}</p>
                {next_step}
            </div>
        }
        .into_any()
    }

    fn view_try_again_button(self) -> AnyView {
        let reload = move |_| {
            self.reload();
            focus_heading(); // the button disappears
        };
        view! { <button class="button" type="button" on:click=reload>{texts().try_again}</button> }.into_any()
    }

    fn view_empty(self) -> AnyView {
        let labels = self.kind.labels();
        let next_step = match self.session.user() {
            None if !self.is_of_one_user() => paragraph("", labels.empty_hint_guest.to_owned()),
            Some(user) if self.can_be_added_to_by(&user.username) => {
                paragraph("", labels.empty_hint_user.to_owned())
            }
            _ => all_wishes_link(),
        };
        view! { <div class="page-message"><h2>{labels.empty}</h2>{next_step}</div> }.into_any()
    }

    fn view_older_button(self) -> AnyView {
        let older = self.kind.labels().older;
        let label = reactive(move || if self.is_loading_older.get() { texts().loading } else { older });
        view! {
            {error_region("alert", "error-box", self.load_error)}
            <button
                class="button older-button"
                type="button"
                aria-disabled=move || self.is_loading_older.get().then_some("true")
                on:click=move |_| self.load_older()
            >
                {label}
            </button>
        }
        .into_any()
    }
}

/// A live region that shows an error.
pub fn error_region(role: &'static str, class: &'static str, error: RwSignal<Option<Error>>) -> AnyView {
    live_region(role, class, move || error.with(|error| error.as_ref().map(errors::api_error)))
}

fn all_wishes_link() -> AnyView {
    view! { <a class="button" href=Route::Wishes.href()>{texts().see_all_wishes}</a> }.into_any()
}
