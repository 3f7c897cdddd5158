//! The session in this tab: the logged-in user, and the user whose data the tab shows.

use leptos::prelude::*;
use shared::users::User;

use crate::notices::{Notice, Notices};
use crate::sessions::broadcast_channel::{self, TabEvent};
use crate::sessions::credentials::Credentials;
use crate::storage::{drafts, web_storage};

/// The web-storage key of the credentials.
pub(super) const STORAGE_KEY: &str = "wishboard.session";

/// The user whose data this tab shows.
#[derive(Clone, Default)]
struct ActiveUser {
    /// `None` for a guest, also after a logout.
    username: Option<String>,
    /// The number of changes from a username to another one or to `None`.
    changes: u32,
}

/// The session. There is one for the whole app, in the Leptos context.
#[derive(Clone, Copy)]
pub struct Session {
    credentials: RwSignal<Option<Credentials>>,
    user: Memo<Option<User>>,
    active_user: RwSignal<ActiveUser>,
    /// The username of the last login. A logout does not clear it.
    last_username: StoredValue<Option<String>>,
    /// Usernames of accounts that were deleted while this tab was open. The server's lists may still contain their
    /// posts.
    deleted_usernames: StoredValue<Vec<String>>,
    notices: Notices,
}

impl Session {
    /// Loads the stored credentials, and puts the session into the context. `App` calls this once.
    pub fn provide(notices: Notices) -> Self {
        let credentials = RwSignal::new(None);
        let session = Self {
            credentials,
            user: Memo::new(move |_| credentials.get().map(|credentials: Credentials| credentials.user)),
            active_user: RwSignal::new(ActiveUser::default()),
            last_username: StoredValue::default(),
            deleted_usernames: StoredValue::default(),
            notices,
        };
        session.set_credentials(web_storage::get(STORAGE_KEY));
        provide_context(session);
        session
    }

    /// The session from the context.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The logged-in user. `None` for a guest. Tracks changes.
    pub fn user(self) -> Option<User> {
        self.user.get()
    }

    /// The username of the user whose data this tab shows. Unlike [`Self::user`], it stays set when the session ends,
    /// so that the same user can log in again and continue. A logout clears it.
    pub fn active_username(self) -> Option<String> {
        self.active_user.with_untracked(|active| active.username.clone())
    }

    /// A counter. It changes whenever the page must no longer show the data of the previous user. Tracks changes.
    pub fn active_user_changes(self) -> u32 {
        self.active_user.with(|active| active.changes)
    }

    /// The current credentials. Does not track changes.
    pub fn credentials(self) -> Option<Credentials> {
        self.credentials.get_untracked()
    }

    /// Whether these are still the current credentials, including the access token.
    pub fn is_current(self, credentials: &Credentials) -> bool {
        self.credentials.with_untracked(|current| current.as_ref() == Some(credentials))
    }

    /// Whether the user of these credentials is still logged in.
    pub fn is_same_user(self, credentials: &Credentials) -> bool {
        self.credentials.with_untracked(|current| {
            current.as_ref().is_some_and(|current| current.is_same_user(credentials))
        })
    }

    /// Whether the credentials are persisted, so that other tabs can read them.
    pub fn is_persisted(self) -> bool {
        web_storage::is_persisted(STORAGE_KEY)
    }

    /// Logs in a user in all tabs.
    pub fn log_in(self, credentials: Credentials) {
        self.notices.clear();
        self.store(Some(credentials));
        broadcast_channel::send(TabEvent::LoggedIn);
        if !window().is_secure_context() {
            self.notices.show(Notice::NotSecure);
        } else if !self.is_persisted() {
            self.notices.show(Notice::NotPersisted);
        }
    }

    /// Logs out the user in all tabs, and deletes the user's data from the browser.
    pub fn log_out(self) {
        self.notices.clear();
        self.clear_user_data();
        broadcast_channel::send(TabEvent::LoggedOut);
    }

    /// Replaces `expired` with refreshed credentials. Does nothing if `expired` is no longer current, so that a refresh
    /// does not undo a logout.
    pub fn on_refreshed(self, expired: &Credentials, refreshed: Credentials) {
        if self.is_current(expired) {
            if !refreshed.is_same_user(expired) {
                self.notices.show(Notice::UserChanged(refreshed.user.clone()));
            }
            self.store(Some(refreshed));
        }
    }

    /// Ends a session that the server no longer accepts. Does nothing if `expired` is no longer current.
    pub fn on_expired(self, expired: &Credentials) {
        if self.is_current(expired) {
            self.notices.show(Notice::SessionExpired);
            self.store(None);
        }
    }

    /// Updates the user's profile. Ignores the profile of another user.
    pub fn on_profile_changed(self, user: User) {
        let credentials = self.credentials().filter(|current| current.user.username == user.username);
        if let Some(credentials) = credentials {
            self.store(Some(Credentials { user, ..credentials }));
        }
    }

    /// Logs out the active user, whose account has been deleted.
    pub fn on_account_deleted(self) {
        let username = self.active_username().unwrap_or_default();
        broadcast_channel::send(TabEvent::AccountDeleted(&username));
        self.add_deleted_user(&username);
        self.log_out();
        self.notices.show(Notice::AccountDeleted);
    }

    /// Whether the account with this username was deleted while the tab was open.
    pub fn is_deleted_user(self, username: &str) -> bool {
        self.deleted_usernames.with_value(|deleted| deleted.iter().any(|deleted| deleted == username))
    }

    pub(super) fn add_deleted_user(self, username: &str) {
        self.deleted_usernames.update_value(|deleted| deleted.push(username.to_owned()));
    }

    pub(super) fn last_username(self) -> Option<String> {
        self.last_username.get_value()
    }

    /// The notices of the app.
    pub fn notices(self) -> Notices {
        self.notices
    }

    /// Deletes the credentials and the drafts, and removes the user's data from the page.
    pub(super) fn clear_user_data(self) {
        drafts::delete_all(self.active_username().as_deref());
        drafts::delete_all(None);
        self.active_user.update(|active| {
            active.username = None;
            active.changes += 1;
        });
        self.store(None);
    }

    /// Sets the credentials in this tab, and persists them.
    pub(super) fn store(self, credentials: Option<Credentials>) {
        match &credentials {
            Some(credentials) => _ = web_storage::set(STORAGE_KEY, credentials),
            None => web_storage::remove(STORAGE_KEY),
        }
        self.set_credentials(credentials);
    }

    /// Sets the credentials in this tab only.
    pub(super) fn set_credentials(self, credentials: Option<Credentials>) {
        if let Some(credentials) = &credentials {
            let username = &credentials.user.username;
            self.last_username.set_value(Some(username.clone()));
            self.active_user.update(|active| {
                if active.username.as_ref().is_some_and(|active| active != username) {
                    active.changes += 1;
                }
                active.username = Some(username.clone());
            });
        }
        self.credentials.set(credentials);
    }
}
