//! The browser's `localStorage`, through gloo-storage. No other Rust file uses it. `start.js` reads it.
//!
//! Storage can be blocked, full or missing, and other programs may have changed its content. No function here fails in
//! these cases. A value that cannot be stored stays in memory until the page is closed. A value that cannot be parsed
//! counts as missing.

use std::cell::RefCell;

use gloo_storage::{LocalStorage, Storage};
use leptos::ev;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::api::json;

thread_local! {
    /// Keys and JSON values that the browser could not store.
    static MEMORY: RefCell<Vec<(String, String)>> = RefCell::default();
}

/// Reads the value of a key. Returns `None` if it is missing or not a `T`.
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    json::from_str(&get_json(key)?)
}

/// Stores a value. Returns false if the value is only in memory or cannot be serialized.
pub fn set<T: Serialize>(key: &str, value: &T) -> bool {
    set_json(key, json::to_string(value))
}

/// Removes a key.
#[expect(clippy::disallowed_methods, reason = "this is the file that uses web storage")]
pub fn remove(key: &str) {
    remove_from_memory(key);
    if is_available() {
        LocalStorage::delete(key);
    }
}

/// Whether the value of a key is persisted, so that other tabs and later visits see it. Also true if the key is
/// missing.
pub fn is_persisted(key: &str) -> bool {
    is_available() && MEMORY.with_borrow(|memory| memory.iter().all(|(stored, _)| stored != key))
}

/// Calls `on_change` whenever another tab changes the key, until the current owner is cleaned up.
pub fn on_change(key: &'static str, on_change: impl Fn() + 'static) {
    let listener = window_event_listener(ev::storage, move |event| {
        // An event without a key means that the whole storage was cleared.
        if event.key().is_none_or(|changed| changed == key) {
            remove_from_memory(key);
            on_change();
        }
    });
    on_cleanup(move || listener.remove());
}

#[expect(clippy::disallowed_methods, reason = "this is the file that uses web storage")]
fn get_json(key: &str) -> Option<String> {
    let in_memory =
        MEMORY.with_borrow(|memory| Some(memory.iter().find(|(stored, _)| stored == key)?.1.clone()));
    in_memory.or_else(|| if is_available() { LocalStorage::raw().get_item(key).ok().flatten() } else { None })
}

#[expect(clippy::disallowed_methods, reason = "this is the file that uses web storage")]
fn set_json(key: &str, json: Option<String>) -> bool {
    remove(key); // otherwise the older value would stay if the new one does not fit
    let Some(json) = json else { return false };
    if is_available() && LocalStorage::raw().set_item(key, &json).is_ok() {
        return true;
    }
    MEMORY.with_borrow_mut(|memory| memory.push((key.to_owned(), json)));
    false
}

fn remove_from_memory(key: &str) {
    MEMORY.with_borrow_mut(|memory| memory.retain(|(stored, _)| stored != key));
}

/// Whether the browser allows web storage. Checked before each use, because gloo-storage panics without it, and the
/// user can block it at any time.
#[expect(clippy::disallowed_methods, reason = "this is the file that uses web storage")]
fn is_available() -> bool {
    window().local_storage().is_ok_and(|storage| storage.is_some())
}
