//! The content of a message.

use leptos::prelude::*;
use shared::messages::Message;

use crate::posts::text::PostText;

/// The content of a message.
#[component]
pub(crate) fn MessageContent(message: Message) -> impl IntoView {
    view! { <PostText text=message.body /> }
}
