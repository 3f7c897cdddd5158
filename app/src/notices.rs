//! The notice at the bottom of the screen. It reports an event that the page itself does not show, such as a login in
//! another tab. `layout::notice_bar` draws it.

use std::time::Duration;

use leptos::prelude::*;
use shared::users::User;

/// An event to report. `i18n::notices` contains the texts.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The session has ended: it has expired, or the user has ended it on another device.
    SessionExpired,
    /// Another user is now logged in in this browser.
    UserChanged(User),
    /// The user has logged out in this browser, but the request has not reached the server yet.
    LogoutPending,
    /// The user's account has been deleted.
    AccountDeleted,
    /// A post could not be sent, and the user had already left its page. It is saved as a draft.
    PostNotSent,
    /// The browser has no web storage, so the credentials and drafts are lost when the page is closed.
    NotPersisted,
    /// The browser cannot keep the session cookie, because the page is neither on https nor on localhost.
    NotSecure,
    /// A part of the app cannot be loaded.
    ChunkNotLoaded,
    /// The result of the user's last action, such as "Password changed." Disappears by itself.
    Done(&'static str),
}

/// How long the result of an action is shown.
const DONE_DURATION: Duration = Duration::from_secs(10);

/// The notice that the page shows, if any. There is one for the whole app, in the Leptos context.
#[derive(Clone, Copy)]
pub struct Notices(RwSignal<Option<Notice>>);

impl Notices {
    /// Puts the notices into the context. `App` calls this once.
    pub fn provide() -> Self {
        let notices = Self(RwSignal::new(None));
        provide_context(notices);
        notices
    }

    /// The notices from the context.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The notice to show. Tracks changes.
    pub fn shown(self) -> Option<Notice> {
        self.0.get()
    }

    /// Shows a notice. It replaces the current one.
    pub fn show(self, notice: Notice) {
        if matches!(notice, Notice::Done(_)) {
            let notice = notice.clone();
            set_timeout(move || self.clear_notice(&notice), DONE_DURATION);
        }
        self.0.set(Some(notice));
    }

    /// Shows the result of the user's last action.
    pub fn show_done(self, text: &'static str) {
        self.show(Notice::Done(text));
    }

    /// Removes this notice, if it is the current one.
    pub fn clear_notice(self, notice: &Notice) {
        if self.0.with_untracked(|shown| shown.as_ref() == Some(notice)) {
            self.clear();
        }
    }

    /// Removes the current notice.
    pub fn clear(self) {
        self.0.set(None);
    }
}
