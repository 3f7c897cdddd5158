//! The message board. All visitors can read it, and users can post.

pub mod form;

use leptos::prelude::*;
use shared::messages::Message;

use crate::i18n::texts;
use crate::posts::kind::PostKind;
use crate::posts::list::PostList;
use crate::posts::page;

/// The page of the message board.
#[component]
pub fn MessagesPage() -> impl IntoView {
    page::view(PostList::new(PostKind::Message, None), texts().messages.into_any())
}

/// The content of a message.
pub fn view_content(message: &Message) -> AnyView {
    view! { <p class="post-text" dir="auto">{message.body.clone()}</p> }.into_any()
}
