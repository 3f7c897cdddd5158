//! Logging out: here at once, and on the server as soon as it can be told.
//!
//! Only that it has to be told is stored, never a token: the cookie, which no script can read, is
//! still there and says whose session is to end. Whoever logs in next waits until it has ended, as
//! theirs would be the cookie from then on.

use std::cell::RefCell;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use leptos::task::spawn_local;

use crate::api::{self, Failure};
use crate::session::{Login, Notice, Session};
use crate::storage;

const KEY: &str = "wishboard.leaving";

type Telling = Shared<LocalBoxFuture<'static, ()>>;

thread_local! {
    /// What is under way to the server, for all who wait for it.
    static TELLING: RefCell<Option<Telling>> = const { RefCell::new(None) };
}

/// Logs out whoever is logged in.
pub fn log_out(session: Session) {
    let Some(login) = session.login() else { return };
    session.log_out();
    storage::set(KEY, &true);
    spawn_local(tell(session, Some(login)));
}

/// Tells the server of a log-out that it does not know of, if there is one.
pub async fn finish(session: Session) {
    if storage::get::<bool>(KEY).is_some() {
        tell(session, None).await;
    }
}

/// Somebody has logged in: what the cookie says now is theirs.
pub fn forget() {
    storage::remove(KEY);
}

fn tell(session: Session, login: Option<Login>) -> Telling {
    TELLING.with_borrow_mut(|under_way| {
        under_way.get_or_insert_with(|| send(session, login).boxed_local().shared()).clone()
    })
}

async fn send(session: Session, login: Option<Login>) {
    let answer = api::leave(login.as_ref()).await;
    TELLING.take();
    match answer {
        Err(failure) if failure.may_pass() || matches!(failure, Failure::TooOften(_)) => {
            session.tell(Notice::LogOutUnsent);
        }
        // Where there is nothing to end, it has ended.
        _ => {
            forget();
            session.untell(&Notice::LogOutUnsent);
        }
    }
}
