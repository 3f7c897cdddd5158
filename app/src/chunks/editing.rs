//! The chunk with what users can do with posts.

use leptos::prelude::*;
use shared::posts::Post;

use crate::chunks::split_point::split_point;
use crate::notices::Notices;
use crate::posts::editing::{CreateButton, OwnerButtons, PageDialogs, PostDialogs};
use crate::posts::list::PostList;
use crate::posts::sharing;

/// What users can do with posts.
pub struct Editing {
    /// The views of the dialogs.
    pub dialogs: fn(PostList, PageDialogs) -> AnyView,
    /// The button for a new post.
    pub create_button: fn(PostList, PageDialogs) -> AnyView,
    /// The buttons of one post.
    pub owner_buttons: fn(PostList, Memo<Option<Post>>, PageDialogs) -> AnyView,
    /// Shares the address of the page.
    pub share: fn(Notices),
}

split_point! {
    /// Loads what users can do with posts.
    editing -> &'static Editing {
        &Editing {
            dialogs: |list, dialogs| view! { <PostDialogs list dialogs /> }.into_any(),
            create_button: |list, dialogs| view! { <CreateButton list dialogs /> }.into_any(),
            owner_buttons: |list, post, dialogs| view! { <OwnerButtons list post dialogs /> }.into_any(),
            share: sharing::share,
        }
    }
}
