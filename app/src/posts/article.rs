//! One post in a list: its author, its time, its content, and the buttons for its owner.

use leptos::prelude::*;
use shared::messages::Message;
use shared::posts::Post;
use shared::users::PublicUser;

use crate::chunks::Chunks;
use crate::i18n::{texts, time};
use crate::posts::editing::Dialogs;
use crate::posts::list::PostList;
use crate::posts::{avatar, kind};
use crate::router::Route;
use crate::view::reactive::reactive;

/// The post with this id, drawn again when it changes. `now` is in milliseconds since 1970.
pub(super) fn view(list: PostList, id: String, now: ReadSignal<f64>, dialogs: Dialogs) -> AnyView {
    let editing = Chunks::from_context().editing;
    let post = Memo::new(move |_| list.find(&id));
    let owner_buttons = editing.view_if_loaded(move |editing| (editing.owner_buttons)(list, post, dialogs));
    let content = reactive(move || post.get().map(|post| view_post(list, &post, now)));
    view! { <article class="card post">{content}{owner_buttons}</article> }.into_any()
}

fn view_post(list: PostList, post: &Post, now: ReadSignal<f64>) -> AnyView {
    let created_at = post.created_at().clone();
    let full_time = time::full_time(&created_at);
    let datetime = created_at.to_string();
    let is_edited = matches!(post, Post::Message(Message { edited_at: Some(_), .. }));
    // On a user's list, the heading already names the author.
    let shows_author = !list.is_of_one_user();
    view! {
        {shows_author.then(|| avatar::view(post.owner()))}
        <header class="post-header">
            {shows_author.then(|| author_link(post.owner()))}
            <time class="hint" datetime=datetime title=full_time>
                {reactive(move || time::relative_time(&created_at, now.get()))}
            </time>
            {is_edited.then(|| view! { <span class="hint">{texts().edited}</span> })}
        </header>
        <div class="post-content">{kind::view_content(post)}</div>
    }
    .into_any()
}

fn author_link(author: &PublicUser) -> AnyView {
    let href = Route::UserWishes(author.username.clone()).href();
    view! { <a class="post-author" href=href><bdi>{author.name.clone()}</bdi></a> }.into_any()
}
