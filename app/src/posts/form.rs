//! The form of a post: that of a message or of a wish.

use leptos::prelude::*;
use shared::posts::Post;
use web_sys::{Element, HtmlFormElement};

use crate::api::json;
use crate::form::field_errors::FieldErrors;
use crate::form::state::FormState;
use crate::messages::form::{MessageFields, MessageForm};
use crate::posts::kind::PostKind;
use crate::wishes::form::{WishFields, WishForm};

/// What the user has typed into the form of a post. It can be invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PostForm {
    Message(MessageForm),
    Wish(WishForm),
}

impl PostForm {
    /// The names of the fields.
    pub(super) fn fields(kind: PostKind) -> &'static [&'static str] {
        match kind {
            PostKind::Message => MessageForm::FIELDS,
            PostKind::Wish => WishForm::FIELDS,
        }
    }

    /// Reads the fields.
    pub(super) fn read(kind: PostKind, form: &HtmlFormElement) -> Self {
        match kind {
            PostKind::Message => Self::Message(MessageForm::read(form)),
            PostKind::Wish => Self::Wish(WishForm::read(form)),
        }
    }

    /// Fills in the fields.
    pub(super) fn fill_in(&self, form: &Element) {
        match self {
            Self::Message(values) => values.fill_in(form),
            Self::Wish(values) => values.fill_in(form),
        }
    }

    /// Restores the values of a draft. Values that the draft does not have are empty.
    pub(super) fn from_draft(kind: PostKind, fields: &[String]) -> Self {
        match kind {
            PostKind::Message => Self::Message(MessageForm::from_draft(fields)),
            PostKind::Wish => Self::Wish(WishForm::from_draft(fields)),
        }
    }

    /// The values in the order in which a draft stores them.
    pub(super) fn into_draft(self) -> Vec<String> {
        match self {
            Self::Message(values) => values.into_draft(),
            Self::Wish(values) => values.into_draft(),
        }
    }

    /// Parses the values, and returns the JSON body that creates or edits the post.
    ///
    /// # Errors
    /// The errors of the fields that are not valid.
    pub(super) fn to_json(&self) -> Result<String, FieldErrors> {
        let json = match self {
            Self::Message(values) => json::to_string(&values.parse()?),
            Self::Wish(values) => json::to_string(&values.parse()?),
        };
        json.ok_or_else(FieldErrors::default)
    }
}

impl From<&Post> for PostForm {
    fn from(post: &Post) -> Self {
        match post {
            Post::Message(message) => Self::Message(message.into()),
            Post::Wish(wish) => Self::Wish(wish.into()),
        }
    }
}

/// The fields.
#[component]
pub(super) fn PostFields(
    kind: PostKind,
    /// The prefix of the fields' ids, which makes them unique on the page.
    form: &'static str,
    state: FormState,
) -> impl IntoView {
    match kind {
        PostKind::Message => view! { <MessageFields form state /> }.into_any(),
        PostKind::Wish => view! { <WishFields form state /> }.into_any(),
    }
}
