//! The message board. All visitors can read it, and users can post.

pub mod form;

use leptos::prelude::*;
use shared::messages::Message;

use crate::i18n::texts;
use crate::posts::kind::PostKind;
use crate::posts::list::PostList;
use crate::posts::page::ListPage;
use crate::posts::text::PostText;

/// The page of the message board.
#[component]
pub fn MessagesPage() -> impl IntoView {
    view! { <ListPage list=PostList::new(PostKind::Message, None)>{texts().shared.messages}</ListPage> }
}

/// The content of a message.
#[component]
pub(crate) fn MessageContent(message: Message) -> impl IntoView {
    view! { <PostText text=message.body /> }
}
