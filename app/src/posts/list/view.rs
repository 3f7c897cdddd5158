//! The view of a list: errors, the button for new posts, the toolbar, the posts, and the end of the list.

use std::time::Duration;

use leptos::prelude::*;

use crate::i18n::{sentences, texts};
use crate::posts::article;
use crate::posts::editing::Dialogs;
use crate::posts::list::PostList;
use crate::posts::list::list_end::{self, ListEnd};
use crate::posts::list::state::ListState;
use crate::posts::{sorting, toolbar};
use crate::view::focus::focus_heading;
use crate::view::live_region::live_region;
use crate::view::reactive::{keyed_list, reactive};

/// How often the relative times are updated.
const CLOCK_INTERVAL: Duration = Duration::from_secs(30);

impl PostList {
    /// The view of the list.
    pub(in crate::posts) fn view(self, dialogs: Dialogs) -> AnyView {
        let now = clock();
        let end = Memo::new(move |_| self.end());
        let article = move |id: String| article::view(self, id, now, dialogs);
        let is_of_one_user = self.is_of_one_user();
        let ids = move || if is_of_one_user { self.sorted_ids(false) } else { self.all_ids() };
        let outdated = move || {
            (self.is_outdated.get() && end.get() != ListEnd::Failed).then(|| texts().list_outdated.to_owned())
        };
        view! {
            {live_region("status", "notice", outdated)}
            {list_end::error_region("status", "notice", self.action_error)}
            <div role="status">{reactive(move || self.view_new_posts_button())}</div>
            {is_of_one_user.then(|| toolbar::view(self))}
            <div class="feed" aria-busy=move || (end.get() == ListEnd::Loading).then_some("true")>
                {keyed_list(ids, article)}
            </div>
            {is_of_one_user.then(|| self.view_received(article))}
            {reactive(move || self.view_end(end.get()))}
        }
        .into_any()
    }

    fn all_ids(self) -> Vec<String> {
        self.state.with(|state| state.posts.iter().map(|post| post.id().to_owned()).collect())
    }

    fn sorted_ids(self, received: bool) -> Vec<String> {
        self.state.with(|state| sorting::sorted_ids(&state.posts, self.sort_by_name.get(), received))
    }

    /// The received wishes. They are hidden until the user clicks their heading.
    fn view_received(self, article: impl Fn(String) -> AnyView + Send + Sync + 'static) -> AnyView {
        let count = move || {
            self.state.with(|state| state.posts.iter().filter(|post| sorting::is_received(post)).count())
        };
        view! {
            <details class="received-wishes" hidden=move || count() == 0>
                <summary>{reactive(move || sentences::received_wishes(count()))}</summary>
                <div class="feed">{keyed_list(move || self.sorted_ids(true), article)}</div>
            </details>
        }
        .into_any()
    }

    /// The button that shows new posts of other users. They appear only after a click, so that the list does not move
    /// while the user reads it.
    fn view_new_posts_button(self) -> Option<AnyView> {
        let (count, is_complete) = self.state.with(ListState::count_new_posts);
        let show = move |_| {
            self.state.update(ListState::show_new_posts);
            focus_heading(); // the button disappears
        };
        let label = sentences::new_posts(&self.kind.labels().new_posts, count, is_complete);
        (count > 0).then(|| {
            view! {
                <button class="button new-posts-button" type="button" on:click=show>
                    {label}
                </button>
            }
            .into_any()
        })
    }
}

/// The current time in milliseconds since 1970, updated while the page is open.
fn clock() -> ReadSignal<f64> {
    let (now, set_now) = signal(js_sys::Date::now());
    if let Ok(interval) = set_interval_with_handle(move || set_now.set(js_sys::Date::now()), CLOCK_INTERVAL) {
        on_cleanup(move || interval.clear());
    }
    now
}
