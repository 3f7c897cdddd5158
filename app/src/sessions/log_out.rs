//! Logs out: in the browser at once, on the server as soon as it can be reached.
//!
//! Until the server has ended the session, web storage contains a flag, but no token. The session cookie,
//! which no script can read, is still there and identifies the session. The next login waits until the old
//! session has ended, because the cookie would otherwise be that of the new session.

use std::cell::RefCell;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Error;
use crate::notices::Notice;
use crate::sessions::auth_requests;
use crate::sessions::credentials::Credentials;
use crate::sessions::state::Session;
use crate::storage::web_storage;

/// The web-storage key of a flag. It is set while a logout has not reached the server.
const PENDING_KEY: &str = "wishboard.leaving";

type Logout = Shared<LocalBoxFuture<'static, ()>>;

thread_local! {
    /// The logout that has been sent and not answered yet.
    static SENT_LOGOUT: RefCell<Option<Logout>> = const { RefCell::new(None) };
}

/// Logs out the user, if one is logged in.
pub fn log_out(session: Session) {
    let Some(credentials) = session.credentials() else { return };
    session.log_out();
    web_storage::set(PENDING_KEY, &true);
    spawn_local(send_once(session, Some(credentials)));
}

/// Sends a pending logout now, and whenever the browser goes online. Called once, by the app.
pub fn send_pending_when_online(session: Session) {
    let send = move || spawn_local(send_pending(session).boxed_local());
    send();
    let online = window_event_listener(ev::online, move |_| send());
    on_cleanup(move || online.remove());
}

/// Sends a logout that has not reached the server, if there is one.
pub(super) async fn send_pending(session: Session) {
    if web_storage::get::<bool>(PENDING_KEY).is_some() {
        send_once(session, None).await;
    }
}

/// Drops a pending logout: the cookie is that of a new session now.
pub(super) fn drop_pending() {
    web_storage::remove(PENDING_KEY);
}

/// Sends a logout, or waits for the one that has been sent already.
fn send_once(session: Session, credentials: Option<Credentials>) -> Logout {
    SENT_LOGOUT.with_borrow_mut(|sent| {
        sent.get_or_insert_with(|| send(session, credentials).boxed_local().shared()).clone()
    })
}

async fn send(session: Session, credentials: Option<Credentials>) {
    let result = auth_requests::log_out(credentials.as_ref()).await;
    SENT_LOGOUT.take();
    match result {
        Err(error) if error.is_retryable() || matches!(error, Error::RateLimited(_)) => {
            session.notices().show(Notice::LogoutPending);
        }
        // Any other error means that there is no session to end.
        _ => {
            drop_pending();
            session.notices().clear_notice(&Notice::LogoutPending);
        }
    }
}
