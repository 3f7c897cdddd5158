//! The browser's storage, by gloo-storage. The only file that touches it.
//!
//! Storage can be blocked, full or missing, and anybody may have written anything into it. None
//! of that is an error here: what can't be stored is kept in memory as long as the page lives,
//! what can't be read is not there.

use std::cell::RefCell;

use gloo_storage::{LocalStorage, Storage};
use leptos::ev;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::json;

thread_local! {
    /// What the browser would not take, as JSON.
    static MEMORY: RefCell<Vec<(String, String)>> = RefCell::default();
}

/// Reads what is stored under a key; nothing if there is none or it is not a `T`.
pub fn get<T: DeserializeOwned>(key: &str) -> Option<T> {
    json::read(&get_json(key)?)
}

/// Stores a value under a key, for this and other tabs; if that can't be, in memory, and false.
pub fn set<T: Serialize>(key: &str, value: &T) -> bool {
    set_json(key, json::write(value))
}

/// Apart from [`get`], so that it is there once and not for every type.
#[inline(never)]
#[expect(clippy::disallowed_methods, reason = "this is the file")]
fn get_json(key: &str) -> Option<String> {
    let kept = MEMORY.with_borrow(|memory| Some(memory.iter().find(|(held, _)| held == key)?.1.clone()));
    kept.or_else(|| if available() { LocalStorage::raw().get_item(key).ok().flatten() } else { None })
}

#[inline(never)]
#[expect(clippy::disallowed_methods, reason = "this is the file")]
fn set_json(key: &str, json: Option<String>) -> bool {
    remove(key); // else an older value would outlive one that does not fit
    let Some(json) = json else { return false };
    if available() && LocalStorage::raw().set_item(key, &json).is_ok() {
        return true;
    }
    MEMORY.with_borrow_mut(|memory| memory.push((key.to_owned(), json)));
    false
}

/// Removes a key.
#[expect(clippy::disallowed_methods, reason = "this is the file")]
pub fn remove(key: &str) {
    forget(key);
    if available() {
        LocalStorage::delete(key);
    }
}

/// Whether what is stored under a key is there for other tabs, and for later.
pub fn is_kept(key: &str) -> bool {
    available() && MEMORY.with_borrow(|memory| memory.iter().all(|(held, _)| held != key))
}

/// Calls back when another tab has changed the key, until the caller's owner ends.
pub fn on_change(key: &'static str, changed: impl Fn() + 'static) {
    let listener = window_event_listener(ev::storage, move |event| {
        // No key: everything was cleared.
        if event.key().is_none_or(|changed| changed == key) {
            forget(key);
            changed();
        }
    });
    on_cleanup(move || listener.remove());
}

fn forget(key: &str) {
    MEMORY.with_borrow_mut(|memory| memory.retain(|(held, _)| held != key));
}

/// Asked each time, and first: gloo-storage panics where there is no storage, and a person may
/// block it at any moment.
#[expect(clippy::disallowed_methods, reason = "this is the file")]
fn available() -> bool {
    window().local_storage().is_ok_and(|storage| storage.is_some())
}
