//! The view of a list: errors, the button for new posts, the toolbar, the posts, and the end of the list.

use std::time::Duration;

use leptos::prelude::*;

use crate::i18n::{sentences, texts};
use crate::posts::article::Article;
use crate::posts::editing::PageDialogs;
use crate::posts::list::PostList;
use crate::posts::list::list_end::{EndOfList, ErrorRegion, ListEnd};
use crate::posts::list::state::ListState;
use crate::posts::sorting;
use crate::posts::toolbar::Toolbar;
use crate::view::button::Button;
use crate::view::focus::focus_heading;
use crate::view::live_region::LiveRegion;
use crate::view::recreate_on_change::ReactiveText;

/// How often the relative times are updated.
const CLOCK_INTERVAL: Duration = Duration::from_secs(30);

/// The list. The list of one user also has a toolbar, and shows the received wishes separately.
#[component]
pub(in crate::posts) fn PostListView(list: PostList, dialogs: PageDialogs) -> impl IntoView {
    let now = clock();
    let end = Memo::new(move |_| list.end());
    let is_of_one_user = list.is_of_one_user();
    let outdated = move || {
        (list.is_outdated.get() && end.get() != ListEnd::Failed).then(|| texts().list_outdated.to_owned())
    };
    view! {
        <div role="status">
            <NewPostsButton list />
        </div>
        {is_of_one_user.then(|| view! { <Toolbar list /> })}
        <div class="feed" aria-busy=move || (end.get() == ListEnd::Loading).then_some("true")>
            <Articles list is_received=false now dialogs />
        </div>
        {is_of_one_user.then(|| view! { <ReceivedWishes list now dialogs /> })}
        <EndOfList list end />
        <div class="list-status">
            <LiveRegion role="status" class="notice" text=outdated />
            <ErrorRegion role="status" class="notice" error=list.action_error />
        </div>
    }
}

/// The received wishes. They are hidden until the user clicks their heading.
#[component]
fn ReceivedWishes(list: PostList, now: ReadSignal<f64>, dialogs: PageDialogs) -> impl IntoView {
    let count =
        move || list.state.with(|state| state.posts.iter().filter(|post| sorting::is_received(post)).count());
    view! {
        // style.css shows it if there is no other wish.
        <p class="hint all-received">{texts().all_received}</p>
        // size: not a boolean attribute, docs/size-tricks.md#few-types-in-closures
        <details class="received-wishes" hidden=move || (count() == 0).then_some("")>
            <summary>
                <ReactiveText text=move || sentences::received_wishes(count()) />
            </summary>
            <div class="feed">
                <Articles list is_received=true now dialogs />
            </div>
        </details>
    }
}

/// The posts of the list, or its received wishes.
#[component]
fn Articles(list: PostList, is_received: bool, now: ReadSignal<f64>, dialogs: PageDialogs) -> impl IntoView {
    view! {
        <For each=move || list.ids(is_received) key=String::clone let:id>
            <Article list id now dialogs />
        </For>
    }
}

/// The button that shows new posts. They appear only after a click, so that the list does not move
/// while the user reads it.
#[component]
fn NewPostsButton(list: PostList) -> impl IntoView {
    let show = move |_| {
        list.state.update(ListState::show_new_posts);
        focus_heading(); // the button disappears
    };
    let label = move || {
        let (count, is_complete) = list.state.with(ListState::count_new_posts);
        sentences::new_posts(&list.kind.labels().new_posts, count, is_complete)
    };
    view! {
        <Show when=move || list.state.with(|state| state.count_new_posts().0 > 0)>
            <Button class="button new-posts-button" on_click=show>
                <ReactiveText text=label />
            </Button>
        </Show>
    }
}

impl PostList {
    /// The ids of the received wishes, or of all other posts, in the order in which the page shows them. For the list
    /// of all users, returns all posts. Tracks changes.
    fn ids(self, is_received: bool) -> Vec<String> {
        self.state.with(|state| match self.is_of_one_user() {
            true => sorting::sorted_ids(&state.posts, self.sort_by_name.get(), is_received),
            false => state.posts.iter().map(|post| post.id().to_owned()).collect(),
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
