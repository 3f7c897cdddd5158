//! The events that a notice reports.

use shared::users::User;

/// An event to report.
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
