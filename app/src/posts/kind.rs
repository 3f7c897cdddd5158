//! What differs between messages and wishes.

use leptos::prelude::*;
use shared::posts::Post;

use crate::form::field_errors::FieldErrors;
use crate::form::state::FormState;
use crate::i18n::texts::ListLabels;

/// A kind of post.
// size: one list for both kinds, docs/size-tricks.md#one-list-for-messages-and-wishes
pub trait PostKind: Sync {
    /// The API path that creates a post and lists the posts of all users.
    fn path(&self) -> &'static str;

    /// The texts of the list.
    fn labels(&self) -> &'static ListLabels;

    /// The names of the form's fields.
    fn fields(&self) -> &'static [&'static str];

    /// Whether a post is of this kind.
    fn includes(&self, post: &Post) -> bool;

    /// The values of the form's fields when the user edits a post, in the order of [`Self::fields`].
    fn values(&self, post: &Post) -> Vec<String>;

    /// The form's fields. `form` makes their ids unique.
    fn inputs(&self, form: &'static str, state: FormState) -> AnyView;

    /// The JSON body that creates a post with these values, or edits one. The values are in the order of
    /// [`Self::fields`].
    ///
    /// # Errors
    /// The errors of the fields that are not valid.
    fn parse(&self, values: &[String]) -> Result<String, FieldErrors>;

    /// The content of a post.
    fn content(&self, post: &Post) -> AnyView;

    /// Buttons for the owner of a post, besides Edit and Delete.
    fn actions(&self, post: Memo<Option<Post>>, send: Box<dyn Fn(QuickEdit)>) -> AnyView;
}

/// An edit that one click sends, without the editor.
pub struct QuickEdit {
    /// The post before the edit.
    pub post: Post,
    /// The JSON body of the PATCH request.
    pub json: String,
    /// True while the edit is being sent.
    pub busy: RwSignal<bool>,
    /// Whether a post already has the values in this JSON body.
    pub is_done: fn(&Post, &str) -> bool,
}
