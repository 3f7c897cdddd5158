//! Who is logged in. The only user of the token's key in the storage.
//!
//! A [`Token`] can't be printed and leaves this file only stamped on a request's header.

use std::fmt;

use gloo_net::http::RequestBuilder;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::account::{LoggedIn, User};

use crate::storage;

const KEY: &str = "wishboard.session";

/// An access token. It has no `Display`, and its `Debug` says nothing.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct Token(String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

/// A login as it is stored: whose it is, and the token that proves it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Login {
    user: User,
    token: Token,
}

impl Login {
    /// Puts the token on a request.
    pub fn stamp(&self, request: RequestBuilder) -> RequestBuilder {
        request.header("Authorization", &format!("Bearer {}", self.token.0))
    }

    /// Whose it is.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// Whether both are of one person.
    pub fn same_person(&self, other: &Self) -> bool {
        self.user.username == other.user.username
    }
}

impl From<LoggedIn> for Login {
    fn from(LoggedIn { token, user, .. }: LoggedIn) -> Self {
        Self { user, token: Token(token) }
    }
}

/// What people should know about their login that they did not do themselves.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The login has ended: too old, or ended from elsewhere.
    Ended,
    /// The browser is logged in as this other person now.
    SomebodyElse(User),
    /// Logged out here, but the server could not be told.
    LogOutUnsent,
    /// The account is gone, as the person wanted.
    Deleted,
}

/// The login of this browser, in all its tabs. In context; the same for the whole app.
#[derive(Clone, Copy)]
pub struct Session {
    login: RwSignal<Option<Login>>,
    notice: RwSignal<Option<Notice>>,
    user: Memo<Option<User>>,
    /// Who was logged in last, and how often that became another person.
    last: Memo<(Option<String>, u32)>,
}

impl Session {
    /// Finds the login that an earlier visit left, follows what other tabs do, and puts the
    /// session in context. Called once, by the app.
    pub fn provide() -> Self {
        let login = RwSignal::new(storage::get::<Login>(KEY));
        let user = Memo::new(move |_| login.get().map(|login| login.user));
        let last = Memo::new(move |last: Option<&(Option<String>, u32)>| {
            let (before, changes) = last.cloned().unwrap_or_default();
            match user.get().map(|user: User| user.username) {
                None => (before, changes),
                now if before.is_none() || before == now => (now, changes),
                now => (now, changes + 1),
            }
        });
        let session = Self { login, notice: RwSignal::new(None), user, last };
        let changes = move || last.get_untracked().1;
        storage::on_change(KEY, move || {
            let before = changes();
            login.set(storage::get(KEY));
            if let (true, Some(user)) = (changes() != before, user.get_untracked()) {
                session.tell(Notice::SomebodyElse(user));
            }
        });
        provide_context(session);
        session
    }

    /// The app's session.
    pub fn current() -> Self {
        expect_context()
    }

    /// Who is logged in; nobody: a guest.
    pub fn user(self) -> Option<User> {
        self.user.get()
    }

    /// How often another person than the last one has logged in. An end of a login is no change:
    /// the same person may come back.
    pub fn changes_of_person(self) -> u32 {
        self.last.with(|(_, changes)| *changes)
    }

    /// The login to send requests with.
    pub fn login(self) -> Option<Login> {
        self.login.get_untracked()
    }

    /// Whether the login is still this one, with this token.
    pub fn holds(self, login: &Login) -> bool {
        self.login.with_untracked(|held| held.as_ref() == Some(login))
    }

    /// Somebody has logged in or signed up.
    pub fn log_in(self, login: Login) {
        self.notice.set(None);
        self.store(Some(login));
    }

    /// The person has logged out.
    pub fn log_out(self) {
        self.notice.set(None);
        self.store(None);
    }

    /// A refresh has brought this login in place of a stale one. Ignored if the stale one is not
    /// held any more: who has logged out meanwhile stays logged out.
    pub fn renew(self, stale: &Login, fresh: Login) {
        if self.holds(stale) {
            if !fresh.same_person(stale) {
                self.notice.set(Some(Notice::SomebodyElse(fresh.user.clone())));
            }
            self.store(Some(fresh));
        }
    }

    /// The server does not accept this login any more. Ignored if it is not held any more.
    pub fn end(self, login: &Login) {
        if self.holds(login) {
            self.notice.set(Some(Notice::Ended));
            self.store(None);
        }
    }

    /// The person has another name from now on. Ignored for anybody but who is logged in.
    pub fn rename(self, user: User) {
        if let Some(login) = self.login().filter(|login| login.user.username == user.username) {
            self.store(Some(Login { user, ..login }));
        }
    }

    /// The account is gone, and with it all that this browser has kept.
    pub fn deleted(self) {
        storage::clear();
        self.store(None);
        self.tell(Notice::Deleted);
    }

    /// Whether the person of a login is still the one who is logged in.
    pub fn is_of(self, login: &Login) -> bool {
        self.login.with_untracked(|held| held.as_ref().is_some_and(|held| held.same_person(login)))
    }

    /// The notice to show, if any.
    pub fn notice(self) -> Option<Notice> {
        self.notice.get()
    }

    /// Shows a notice.
    pub fn tell(self, notice: Notice) {
        self.notice.set(Some(notice));
    }

    /// The notice has been read.
    pub fn dismiss_notice(self) {
        self.notice.set(None);
    }

    fn store(self, login: Option<Login>) {
        match &login {
            Some(login) => storage::set(KEY, login),
            None => storage::remove(KEY),
        }
        self.login.set(login);
    }
}
