//! Logs out: in the browser immediately, on the server as soon as it can be reached.
//!
//! Until the server has ended the session, web storage contains a flag, but no access token. The session cookie, which
//! no script can read, identifies the session. The next login waits until the pending logout has been sent. Otherwise,
//! the logout would send the cookie of the new session.

use std::cell::RefCell;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::notices::Notice;
use crate::sessions::auth_requests;
use crate::sessions::credentials::Credentials;
use crate::sessions::state::Session;
use crate::storage::web_storage;

/// The web-storage key of the flag for a pending logout.
const PENDING_KEY: &str = "wishboard.leaving";

type Logout = Shared<LocalBoxFuture<'static, ()>>;

thread_local! {
    /// The logout whose response has not arrived yet.
    static LOGOUT_IN_FLIGHT: RefCell<Option<Logout>> = const { RefCell::new(None) };
}

/// Logs out the user, if one is logged in.
pub fn log_out(session: Session) {
    let Some(credentials) = session.credentials() else { return };
    session.log_out();
    web_storage::set(PENDING_KEY, &true);
    spawn_local(send_once(session, Some(credentials)));
}

/// Sends a pending logout now, and whenever the browser goes online. `App` calls this once.
pub fn send_pending_when_online(session: Session) {
    let send = move || spawn_local(send_pending(session));
    send();
    let online = window_event_listener(ev::online, move |_| send());
    on_cleanup(move || online.remove());
}

/// Sends the pending logout, if there is one.
pub(super) async fn send_pending(session: Session) {
    if web_storage::get::<bool>(PENDING_KEY).is_some() {
        send_once(session, None).await;
    }
}

/// Clears the flag for a pending logout.
pub(super) fn clear_pending() {
    web_storage::remove(PENDING_KEY);
}

/// Sends a logout, or returns the one that has been sent already.
fn send_once(session: Session, credentials: Option<Credentials>) -> Logout {
    LOGOUT_IN_FLIGHT.with_borrow_mut(|sent| {
        sent.get_or_insert_with(|| send(session, credentials).boxed_local().shared()).clone()
    })
}

async fn send(session: Session, credentials: Option<Credentials>) {
    let result = auth_requests::log_out(credentials.as_ref()).await;
    LOGOUT_IN_FLIGHT.take();
    match result {
        Ok(()) => {
            clear_pending();
            session.notices().clear_notice(&Notice::LogoutPending);
        }
        Err(_) => session.notices().show(Notice::LogoutPending),
    }
}
