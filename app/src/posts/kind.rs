//! The differences between the lists of messages and of wishes. `posts::form` has those of the forms.

use leptos::prelude::*;
use shared::common_texts::SharedListLabels;
use shared::posts::Post;

use crate::i18n::texts;
use crate::i18n::texts::ListLabels;
use crate::messages::content::MessageContent;
use crate::wishes::content::WishContent;

/// A kind of post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostKind {
    /// A message on the board.
    Message,
    /// An entry of a wish list.
    Wish,
}

impl PostKind {
    /// The kind of a post.
    pub fn of(post: &Post) -> Self {
        match post {
            Post::Message(_) => Self::Message,
            Post::Wish(_) => Self::Wish,
        }
    }

    /// The API path that creates a post and lists the posts of all users.
    pub fn path(self) -> &'static str {
        match self {
            Self::Message => "/api/messages",
            Self::Wish => "/api/wishes",
        }
    }

    /// The texts of the list that `/lite` also shows.
    pub fn shared_labels(self) -> &'static SharedListLabels {
        match self {
            Self::Message => &texts().shared.message_labels,
            Self::Wish => &texts().shared.wish_labels,
        }
    }

    /// The texts of the list that only the app shows.
    pub fn labels(self) -> &'static ListLabels {
        match self {
            Self::Message => &texts().message_labels,
            Self::Wish => &texts().wish_labels,
        }
    }
}

/// The content of a post.
#[component]
pub(crate) fn PostContent(post: Post) -> impl IntoView {
    match post {
        Post::Message(message) => view! { <MessageContent message /> }.into_any(),
        Post::Wish(wish) => view! { <WishContent wish /> }.into_any(),
    }
}
