//! Drafts: what the user has typed into a form and not sent yet.
//!
//! Drafts are stored per user. The app saves one at each key press, and deletes it when the form has been
//! sent or its text discarded. A logout deletes all drafts of the user; the end of a session or of a page
//! deletes none. A draft never contains a password.

use serde::{Deserialize, Serialize};

use crate::storage::web_storage;

/// The maximum number of drafts of one user. Saving another one deletes the oldest.
const MAX_DRAFTS: usize = 20;

/// The draft of one form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Identifies the form: the API path of the post that it edits, or of the list that it adds to.
    #[serde(rename = "place")]
    pub form_id: String,
    /// The values of the form's fields, in the order of the form.
    pub fields: Vec<String>,
    /// The idempotency key, once the form has been sent.
    #[serde(rename = "key")]
    pub idempotency_key: Option<String>,
    /// The version of the post that is edited; 0 for a new post.
    pub version: u64,
}

/// Returns a user's draft of a form. The author is a username; `None` is a guest.
pub fn find(author: Option<&str>, form_id: &str) -> Option<Draft> {
    load(author).into_iter().find(|draft| draft.form_id == form_id)
}

/// Saves a draft in place of an older one of the same form. A draft with empty fields only deletes the older
/// one. Returns false if the draft is only in memory, until the page is closed.
pub fn save(author: Option<&str>, draft: Draft) -> bool {
    let mut drafts = load(author);
    drafts.retain(|other| other.form_id != draft.form_id);
    if draft.fields.iter().any(|field| !field.is_empty()) {
        drafts.insert(0, draft);
        drafts.truncate(MAX_DRAFTS);
    }
    store(author, &drafts)
}

/// Deletes a user's draft of a form.
pub fn delete(author: Option<&str>, form_id: &str) {
    save(author, Draft { form_id: form_id.to_owned(), ..Draft::default() });
}

/// Deletes all drafts of a user.
pub fn delete_all(author: Option<&str>) {
    store(author, &Vec::new());
}

fn storage_key(author: Option<&str>) -> String {
    format!("wishboard.drafts.{}", author.unwrap_or_default())
}

fn load(author: Option<&str>) -> Vec<Draft> {
    web_storage::get(&storage_key(author)).unwrap_or_default()
}

fn store(author: Option<&str>, drafts: &Vec<Draft>) -> bool {
    let key = storage_key(author);
    if drafts.is_empty() {
        web_storage::remove(&key);
        true
    } else {
        web_storage::set(&key, drafts)
    }
}
