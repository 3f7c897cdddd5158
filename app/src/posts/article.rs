//! One post in a list: its author, its time, its content, and the buttons for its owner.

use leptos::prelude::*;
use shared::messages::Message;
use shared::posts::Post;
use shared::users::PublicUser;

use crate::i18n::{texts, time};
use crate::posts::avatar;
use crate::posts::delete_dialog::DeleteDialog;
use crate::posts::editor::Editor;
use crate::posts::list::PostList;
use crate::router::Route;
use crate::view::button::icon_button;
use crate::view::reactive::reactive;

/// The dialogs that the buttons of a post open.
#[derive(Clone, Copy)]
pub(super) struct Dialogs {
    pub(super) edit: Editor,
    pub(super) delete: DeleteDialog,
}

/// The view of the post with this id. It is redrawn when the post changes. `now` is in milliseconds since 1970.
pub(super) fn view(list: PostList, id: String, now: ReadSignal<f64>, dialogs: Dialogs) -> AnyView {
    let post = Memo::new(move |_| list.find(&id));
    let content = reactive(move || post.get().map(|post| view_post(list, &post, now)));
    view! { <article class="card post">{content}{owner_buttons(list, post, dialogs)}</article> }.into_any()
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
        <div class="post-content">{list.kind.view_content(post)}</div>
    }
    .into_any()
}

fn author_link(author: &PublicUser) -> AnyView {
    let href = Route::UserWishes(author.username.clone()).href();
    view! { <a class="post-author" href=href><bdi>{author.name.clone()}</bdi></a> }.into_any()
}

/// The buttons that edit and delete the post. Only its owner sees them.
fn owner_buttons(list: PostList, post: Memo<Option<Post>>, dialogs: Dialogs) -> AnyView {
    let is_owner = Memo::new(move |_| {
        let user = list.session.user();
        user.is_some_and(|user| {
            post.with(|post| post.as_ref().is_some_and(|post| post.owner().username == user.username))
        })
    });
    let edit = move || dialogs.edit.open(post.get_untracked());
    let delete = move || dialogs.delete.open(post.get_untracked());
    reactive(move || {
        is_owner.get().then(|| {
            view! {
                <footer class="post-buttons">
                    {list.kind.view_buttons(post, Box::new(move |edit| list.send_quick_edit(edit)))}
                    {icon_button("button button-small icon-edit", || texts().edit, edit)}
                    {icon_button("button button-small icon-delete", || texts().delete, delete)}
                </footer>
            }
        })
    })
}
