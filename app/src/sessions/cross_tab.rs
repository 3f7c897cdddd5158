//! Synchronizes the session between all tabs of the browser, and in pages that the browser restores from its
//! back/forward cache.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::PageTransitionEvent;

use crate::notices::Notice;
use crate::sessions::auth_requests;
use crate::sessions::broadcast_channel::{self, TabEvent};
use crate::sessions::credentials::Credentials;
use crate::sessions::state::{STORAGE_KEY, Session};
use crate::storage::web_storage;

/// Listens to other tabs until the current owner is cleaned up. `App` calls this once.
pub fn listen(session: Session) {
    web_storage::on_change(STORAGE_KEY, move || reload_from_storage(session));
    broadcast_channel::listen(move |event| match event {
        TabEvent::LoggedIn => on_remote_log_in(session),
        TabEvent::LoggedOut => on_remote_log_out(session),
        TabEvent::AccountDeleted(username) => session.add_deleted_user(username),
    });
    let page_shown = window_event_listener_untyped("pageshow", move |event| {
        if event.dyn_into().is_ok_and(|event: PageTransitionEvent| event.persisted()) {
            on_page_restored(session);
        }
    });
    on_cleanup(move || page_shown.remove());
}

/// Handles a login in another tab. Without web storage, this tab has to get its credentials with the session cookie.
fn on_remote_log_in(session: Session) {
    if session.is_persisted() {
        reload_from_storage(session);
        return;
    }
    spawn_local(async move {
        if let Ok(credentials) = auth_requests::refresh().await {
            let previous = session.last_username();
            session.store(Some(credentials));
            show_user_change(session, previous);
        }
    });
}

/// Handles a logout in another tab. Does nothing if web storage contains newer credentials than this tab. The broadcast
/// can arrive before the `storage` event, so web storage may still contain the credentials of this tab.
fn on_remote_log_out(session: Session) {
    let stored = web_storage::get::<Credentials>(STORAGE_KEY);
    if stored.is_none_or(|stored| session.is_current(&stored)) {
        session.clear_user_data();
    }
}

/// Handles a page that the browser has restored from its back/forward cache. If the user has logged out in the
/// meantime, the page must not show the user's data.
fn on_page_restored(session: Session) {
    reload_from_storage(session);
    if session.credentials().is_none() {
        session.clear_user_data();
    }
}

/// Uses the credentials that another tab has stored.
fn reload_from_storage(session: Session) {
    let previous = session.last_username();
    session.set_credentials(web_storage::get(STORAGE_KEY));
    show_user_change(session, previous);
}

/// Shows a notice if the logged-in user is not the previous user.
fn show_user_change(session: Session, previous: Option<String>) {
    let user = untrack(|| session.user());
    let changed = user.filter(|user| previous.is_some_and(|previous| previous != user.username));
    _ = changed.map(|user| session.notices().show(Notice::UserChanged(user)));
}
