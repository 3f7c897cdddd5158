//! The post in the editor: its author, and its draft with the idempotency key.

use crate::browser::random_uuid;
use crate::storage::drafts::Draft;

/// The post in the editor, which has not been sent or whose request is pending.
#[derive(Clone, Default)]
pub(super) struct UnsentPost {
    /// The username of its author. `None` until the user opens the dialog.
    pub(super) author: Option<String>,
    /// The draft. It contains the idempotency key, so that the API creates the post only once, even if a response is
    /// lost.
    pub(super) draft: Draft,
    /// The JSON body that the API has rejected for the current idempotency key. The API had already created a post with
    /// this key, which has another text or was deleted.
    pub(super) rejected_json: Option<String>,
}

impl UnsentPost {
    /// Returns the idempotency key for this JSON body. Creates a new key if there is none, or if the API has rejected
    /// the current key with another body.
    pub(super) fn idempotency_key_for(&mut self, json: &str) -> String {
        if self.rejected_json.as_deref().is_some_and(|rejected| rejected != json) {
            (self.rejected_json, self.draft.idempotency_key) = (None, None);
        }
        self.draft.idempotency_key.get_or_insert_with(random_uuid).clone()
    }
}
