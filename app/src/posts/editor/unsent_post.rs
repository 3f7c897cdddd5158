//! The post in the editor: its author, its draft, and the idempotency key to send it with.

use leptos::prelude::window;

use crate::storage::drafts::Draft;

/// The post in the editor.
#[derive(Clone, Default)]
pub(super) struct UnsentPost {
    /// The username of its author; `None` until the dialog was opened.
    pub(super) author: Option<String>,
    /// The draft. It also contains the idempotency key, so that the post is created only once, even if
    /// responses get lost.
    pub(super) draft: Draft,
    /// The JSON body that the API has rejected for the current idempotency key: it has created that post
    /// already, and the post was edited or deleted since.
    pub(super) rejected_json: Option<String>,
}

impl UnsentPost {
    /// The idempotency key to send this JSON body with. A text that differs from the rejected one gets a new
    /// key.
    pub(super) fn idempotency_key_for(&mut self, json: &str) -> String {
        if self.rejected_json.as_deref().is_some_and(|rejected| rejected != json) {
            (self.rejected_json, self.draft.idempotency_key) = (None, None);
        }
        self.draft.idempotency_key.get_or_insert_with(random_uuid).clone()
    }
}

fn random_uuid() -> String {
    window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default()
}
