//! Drafts: text that the user has typed into a form but not sent yet.
//!
//! Drafts are stored per user. The app saves the draft at each key press, and deletes it when the form has been sent or
//! the user discards the text. A logout deletes all drafts of the user. Drafts survive the end of the session, and
//! closing the page. A draft never contains a password.

use serde::{Deserialize, Serialize};

use crate::storage::web_storage;

/// The maximum number of drafts of one user. Saving another one deletes the oldest.
const MAX_DRAFTS: usize = 20;

/// The draft of one form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Identifies the form: the API path of the edited post or of the list of a new post, or the path of the sign-up
    /// page.
    #[serde(rename = "place")]
    pub form_id: String,
    /// The values of the form's fields, in the order of the form.
    pub fields: Vec<String>,
    /// The idempotency key. `None` until the form has been sent.
    #[serde(rename = "key")]
    pub idempotency_key: Option<String>,
    /// The version of the edited post. 0 for a new post.
    pub version: u64,
}

/// Returns the draft of a form. `author` is the username, or `None` for a guest.
pub fn find(author: Option<&str>, form_id: &str) -> Option<Draft> {
    load(author).into_iter().find(|draft| draft.form_id == form_id)
}

/// Saves a draft. It replaces the draft of the same form. If all fields are empty, deletes the draft instead. Returns
/// false if the draft is only in memory and will be lost when the page is closed.
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
