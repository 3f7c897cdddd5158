//! The notice at the top of the page. It says what has happened elsewhere, such as a login in another tab.
//! `layout::notice_bar` draws it.

use leptos::prelude::*;
use shared::users::User;

/// What has happened. `i18n::notices` has the texts.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The session has ended: it timed out, or was ended on another device.
    SessionExpired,
    /// Another user is logged in in this browser now.
    UserChanged(User),
    /// The user is logged out in this browser, but the server does not know it yet.
    LogoutPending,
    /// The user's account has been deleted.
    AccountDeleted,
    /// A post could not be sent after its page had been left. It is saved as a draft.
    PostNotSent,
    /// The browser has no web storage: login and drafts are lost when the page is closed.
    NotPersisted,
    /// A part of the app cannot be loaded.
    ChunkNotLoaded,
    /// The address of the page is in the clipboard.
    LinkCopied,
}

/// The notice that the page shows, if any. In context, one for the whole app.
#[derive(Clone, Copy)]
pub struct Notices(RwSignal<Option<Notice>>);

impl Notices {
    /// Puts the notices into the context. Called once, by the app.
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

    /// Shows a notice instead of the present one.
    pub fn show(self, notice: Notice) {
        self.0.set(Some(notice));
    }

    /// Removes this notice. Another one stays.
    pub fn clear_notice(self, notice: &Notice) {
        if self.0.with_untracked(|shown| shown.as_ref() == Some(notice)) {
            self.clear();
        }
    }

    /// Removes the notice, whichever it is.
    pub fn clear(self) {
        self.0.set(None);
    }
}
