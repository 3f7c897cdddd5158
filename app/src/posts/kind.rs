//! The differences between messages and wishes.

use leptos::prelude::*;
use shared::posts::Post;

use crate::form::field_errors::FieldErrors;
use crate::form::state::FormState;
use crate::i18n::texts;
use crate::i18n::texts::ListLabels;
use crate::messages::MessageContent;
use crate::wishes::WishContent;
use crate::{messages, wishes};

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

    /// The texts of the list.
    pub fn labels(self) -> &'static ListLabels {
        match self {
            Self::Message => &texts().message_labels,
            Self::Wish => &texts().wish_labels,
        }
    }

    /// The names of the form's fields.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Message => &messages::form::FIELDS,
            Self::Wish => &wishes::form::FIELDS,
        }
    }

    /// The form's fields. `form` makes their ids unique.
    pub fn view_fields(self, form: &'static str, state: FormState) -> AnyView {
        match self {
            Self::Message => messages::form::view_fields(form, state),
            Self::Wish => wishes::form::view_fields(form, state),
        }
    }

    /// Returns the JSON body that creates or edits a post with these values, which are in the order of
    /// [`Self::fields`].
    ///
    /// # Errors
    /// The errors of the fields that are not valid.
    pub fn parse_to_json(self, values: &[String]) -> Result<String, FieldErrors> {
        match self {
            Self::Message => messages::form::parse_to_json(values),
            Self::Wish => wishes::form::parse_to_json(values),
        }
    }
}

/// The values of the form's fields when the user edits a post, in the order of [`PostKind::fields`].
pub fn form_values(post: &Post) -> Vec<String> {
    match post {
        Post::Message(message) => messages::form::values(message),
        Post::Wish(wish) => wishes::form::values(wish),
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
