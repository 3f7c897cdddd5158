//! What was typed and not sent yet: kept for each person apart, until it was sent or they log out. The
//! end of a login or of a page takes nothing away. Never a password.

use serde::{Deserialize, Serialize};

use crate::storage;

/// Of each person's drafts the newest are kept.
const MOST: usize = 20;

/// What was typed into one form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Which form: unique for each thing that is written.
    pub place: String,
    /// What is in its fields, in their order.
    pub fields: Vec<String>,
    /// The idempotency key it was sent with, if it was.
    pub key: Option<String>,
    /// The version of the thing that is edited.
    pub version: u64,
}

/// A person's drafts. None is a guest.
fn key(whose: Option<&str>) -> String {
    format!("wishboard.drafts.{}", whose.unwrap_or_default())
}

fn all(whose: Option<&str>) -> Vec<Draft> {
    storage::get(&key(whose)).unwrap_or_default()
}

/// What somebody has typed at this place.
pub fn find(whose: Option<&str>, place: &str) -> Option<Draft> {
    all(whose).into_iter().find(|draft| draft.place == place)
}

/// Keeps what somebody is typing; with nothing in it, it is forgotten. False: only as long as this
/// page is open.
pub fn keep(whose: Option<&str>, draft: Draft) -> bool {
    let mut drafts = all(whose);
    drafts.retain(|other| other.place != draft.place);
    if draft.fields.iter().any(|field| !field.is_empty()) {
        drafts.insert(0, draft);
        drafts.truncate(MOST);
    }
    store(whose, &drafts)
}

/// It was sent, or nobody wants it any more.
pub fn forget(whose: Option<&str>, place: &str) {
    keep(whose, Draft { place: place.to_owned(), ..Draft::default() });
}

/// Nothing of a person's is left.
pub fn forget_all(whose: Option<&str>) {
    store(whose, &Vec::new());
}

fn store(whose: Option<&str>, drafts: &Vec<Draft>) -> bool {
    match drafts.is_empty() {
        true => {
            storage::remove(&key(whose));
            true
        }
        false => storage::set(&key(whose), drafts),
    }
}
