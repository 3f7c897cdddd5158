//! One post in a list: its author, its time, its content, and the buttons for its owner.

use leptos::prelude::*;
use shared::messages::Message;
use shared::posts::Post;
use shared::users::PublicUser;

use crate::chunks::context::Chunks;
use crate::i18n::{texts, time};
use crate::posts::avatar::Avatar;
use crate::posts::editing::PageDialogs;
use crate::posts::kind::PostContent;
use crate::posts::list::PostList;
use crate::router::Route;
use crate::view::recreate_on_change::{ReactiveText, recreate_on_change};

/// A post, drawn again when it changes.
#[component]
pub(super) fn Article(
    list: PostList,
    /// The id of the post.
    id: String,
    /// The current time in milliseconds since 1970.
    now: ReadSignal<f64>,
    dialogs: PageDialogs,
) -> impl IntoView {
    let editing = Chunks::from_context().editing;
    let post = Memo::new(move |_| list.find(&id));
    view! {
        <article class="card post">
            {recreate_on_change(move || post.get().map(|post| view! { <ArticleContent list post now /> }).into_any())}
            {editing.view_if_loaded(move |editing| (editing.owner_buttons)(list, post, dialogs))}
        </article>
    }
}

#[component]
fn ArticleContent(list: PostList, post: Post, now: ReadSignal<f64>) -> impl IntoView {
    let created_at = post.created_at().clone();
    let full_time = time::full_time(&created_at);
    let datetime = created_at.to_string();
    let is_edited = matches!(post, Post::Message(Message { edited_at: Some(_), .. }));
    // On a user's list, the heading already names the author.
    let shows_author = !list.is_of_one_user();
    view! {
        {shows_author.then(|| view! { <Avatar author=post.owner().clone() /> })}
        <header class="post-header">
            {shows_author.then(|| view! { <AuthorLink author=post.owner().clone() /> })}
            <p class="post-details">
                {shows_author.then(|| view! { <Username username=post.owner().username.clone() /> })}
                <time datetime=datetime title=full_time>
                    <ReactiveText text=move || time::relative_time(&created_at, now.get()) />
                </time>
                {is_edited.then(|| view! { <span class="post-edited">{texts().shared.edited}</span> })}
            </p>
        </header>
        <div class="post-content">
            <PostContent post />
        </div>
    }
}

/// The display name, which is a link to the user's wishes.
#[component]
fn AuthorLink(author: PublicUser) -> impl IntoView {
    let href = Route::UserWishes(author.username.clone()).href();
    view! {
        <a class="post-author" href=href><bdi translate="no">{author.name}</bdi></a>
    }
}

#[component]
fn Username(username: String) -> impl IntoView {
    view! { <span class="username" translate="no">"@"{username}</span> }
}
