//! The message board. All visitors can read it, and users can post.

pub mod content;
pub mod form;

use leptos::prelude::*;

use crate::i18n::texts;
use crate::posts::kind::PostKind;
use crate::posts::list::PostList;
use crate::posts::page::ListPage;

/// The page of the message board.
#[component]
pub fn MessagesPage() -> impl IntoView {
    view! { <ListPage list=PostList::new(PostKind::Message, None)>{texts().shared.messages}</ListPage> }
}
