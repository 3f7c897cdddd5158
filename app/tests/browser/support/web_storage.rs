//! Web storage as other programs see it: another tab, the browser's settings, an older version of the app.
#![expect(clippy::disallowed_methods, reason = "these programs do not go through the app")]

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

/// Stores a text without an event.
pub fn set(key: &str, text: &str) {
    storage().set_item(key, text).unwrap();
}

/// The text of a key.
pub fn get(key: &str) -> Option<String> {
    storage().get_item(key).unwrap()
}

/// All texts, one after the other.
pub fn all() -> String {
    let storage = storage();
    let keys = (0..storage.length().unwrap()).filter_map(|index| storage.key(index).unwrap());
    keys.filter_map(|key| get(&key)).collect()
}

fn storage() -> Storage {
    window().local_storage().unwrap().unwrap()
}
