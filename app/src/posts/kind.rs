//! The differences between messages and wishes.

use leptos::prelude::*;
use shared::posts::Post;

use crate::form::field_errors::FieldErrors;
use crate::form::state::FormState;
use crate::i18n::texts::ListLabels;

/// A kind of post: message or wish.
// size: one list for both kinds, docs/size-tricks.md#one-list-for-messages-and-wishes
pub trait PostKind: Sync {
    /// The API path of the list of all users. A POST to it creates a post.
    fn path(&self) -> &'static str;

    /// The texts of the list.
    fn labels(&self) -> &'static ListLabels;

    /// The names of the form's fields.
    fn fields(&self) -> &'static [&'static str];

    /// Whether a post is of this kind.
    fn includes(&self, post: &Post) -> bool;

    /// The values of a post for the form's fields, in the order of [`Self::fields`].
    fn values(&self, post: &Post) -> Vec<String>;

    /// The view of the form's fields. `form` is the prefix of their ids.
    fn view_fields(&self, form: &'static str, state: FormState) -> AnyView;

    /// Returns the JSON body that creates or edits a post with these values, which are in the order of
    /// [`Self::fields`].
    ///
    /// # Errors
    /// Returns the field errors of the invalid values.
    fn parse_to_json(&self, values: &[String]) -> Result<String, FieldErrors>;

    /// The view of a post's content.
    fn view_content(&self, post: &Post) -> AnyView;

    /// The view of the buttons for the owner of a post, except Edit and Delete.
    fn view_buttons(&self, post: Memo<Option<Post>>, send: Box<dyn Fn(QuickEdit)>) -> AnyView;
}

/// An edit that a single click sends, without the editor.
pub struct QuickEdit {
    /// The post before the edit.
    pub post: Post,
    /// The JSON body of the PATCH request.
    pub json: String,
    /// True while the edit is being sent.
    pub busy: RwSignal<bool>,
    /// Whether a post already has the values of the JSON body.
    pub is_done: fn(&Post, &str) -> bool,
}
