//! Web storage as programs other than the app use it: another tab, the browser's settings, an older version of the app.
#![expect(clippy::disallowed_methods, reason = "these functions stand for other programs")]

use leptos::prelude::window;
use web_sys::Storage;

/// The key of the credentials.
pub const CREDENTIALS_KEY: &str = "wishboard.session";

/// Removes everything, if the browser has web storage.
pub fn clear() {
    if let Ok(Some(storage)) = window().local_storage() {
        storage.clear().unwrap();
    }
}

/// Stores a text without dispatching an event.
pub fn set(key: &str, text: &str) {
    storage().set_item(key, text).unwrap();
}

/// The stored text of a key.
pub fn get(key: &str) -> Option<String> {
    storage().get_item(key).unwrap()
}

/// All stored texts, concatenated.
pub fn all() -> String {
    let storage = storage();
    let keys = (0..storage.length().unwrap()).filter_map(|index| storage.key(index).unwrap());
    keys.filter_map(|key| get(&key)).collect()
}

fn storage() -> Storage {
    window().local_storage().unwrap().unwrap()
}
