//! The button that marks a wish as received, or moves it back to the open wishes.

use leptos::prelude::*;
use shared::posts::Post;
use shared::wishes::{EditWish, Wish};

use crate::api::json;
use crate::i18n::texts;
use crate::posts::list::PostList;
use crate::posts::list::changes::QuickEdit;
use crate::view::button::IconButton;

/// The button of a wish.
#[component]
pub(crate) fn ReceivedButton(list: PostList, post: Memo<Option<Post>>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let is_received = move || post.with(|post| matches!(post, Some(Post::Wish(Wish { received: true, .. }))));
    let label = move || match is_received() {
        true => texts().mark_not_received,
        false => texts().mark_received,
    };
    let toggle = move |_| {
        let edit = EditWish { received: Some(!is_received()), ..EditWish::default() };
        if let (Some(post), Some(json)) = (post.get_untracked(), json::to_string(&edit)) {
            list.send_quick_edit(QuickEdit { post, json, busy, is_done: has_received_mark });
        }
    };
    view! { <IconButton icon="icon-received" label=Signal::derive(label) on_click=toggle /> }
}

/// Whether a wish already has the received mark that this edit sets.
fn has_received_mark(post: &Post, edit: &str) -> bool {
    let Post::Wish(wish) = post else { return false };
    let current = EditWish { received: Some(wish.received), ..EditWish::default() };
    json::to_string(&current).as_deref() == Some(edit)
}
