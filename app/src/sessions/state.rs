//! Who is logged in. The only user of the token's key in the storage.
//!
//! A [`Token`] can't be printed and leaves this file only stamped on a request's header.

use std::fmt;

use gloo_net::http::RequestBuilder;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::account::{LoggedIn, User};

use crate::{draft, storage, tabs};

const KEY: &str = "wishboard.session";

/// An access token. It has no `Display`, and its `Debug` says nothing.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String")]
struct Token(String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

/// Anything may stand in the storage, but only this can stand in a header (RFC 6750, section 2.1).
impl TryFrom<String> for Token {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
        if !text.is_empty() && text.bytes().all(fits) { Ok(Self(text)) } else { Err("no token") }
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
    /// Logged out here, but the server could not be told yet.
    LogOutUnsent,
    /// The account is gone, as the person wanted.
    Deleted,
    /// What was written could not be sent, and its page was left; it is kept as a draft.
    Unsent,
    /// The browser keeps nothing: the login lasts as long as the page.
    NotKept,
    /// The address of this page is in the clipboard now.
    LinkCopied,
}

/// Whose things this tab shows, and how often that has become another person, or nobody.
type Person = (Option<String>, u32);

/// The login of this browser, in all its tabs. In context; the same for the whole app.
#[derive(Clone, Copy)]
pub struct Session {
    login: RwSignal<Option<Login>>,
    notice: RwSignal<Option<Notice>>,
    user: Memo<Option<User>>,
    person: RwSignal<Person>,
    /// Who was logged in last, to tell when it is somebody else.
    last: StoredValue<Option<String>>,
    /// The usernames of accounts that were deleted: what they made is no more, whatever a list says.
    gone: StoredValue<Vec<String>>,
}

impl Session {
    /// Finds the login that an earlier visit left, follows what other tabs do to the storage, and
    /// puts the session in context. Called once, by the app.
    pub fn provide() -> Self {
        let login = RwSignal::new(None);
        let user = Memo::new(move |_| login.get().map(|login: Login| login.user));
        let (notice, person) = (RwSignal::new(None), RwSignal::new((None, 0)));
        let session =
            Self { login, notice, user, person, last: StoredValue::default(), gone: StoredValue::default() };
        session.hold(storage::get(KEY));
        storage::on_change(KEY, move || session.look());
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

    /// Whose things this tab shows: the end of a login does not change that, as the same person may
    /// come back; a log-out does.
    pub fn person(self) -> Option<String> {
        self.person.with_untracked(|(person, _)| person.clone())
    }

    /// How often it has become another person, or nobody: what is shown of the last one must go.
    pub fn changes_of_person(self) -> u32 {
        self.person.with(|(_, changes)| *changes)
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
        tabs::tell(tabs::IN);
        if !storage::is_kept(KEY) {
            self.tell(Notice::NotKept);
        }
    }

    /// The person has logged out: nothing of theirs stays in the browser.
    pub fn log_out(self) {
        self.notice.set(None);
        self.leave();
        tabs::tell(tabs::OUT);
    }

    /// Somebody has logged in in another tab, which could tell no more than that.
    pub fn join(self, login: Login) {
        let last = self.last.get_value();
        self.store(Some(login));
        self.tell_if_not(last);
    }

    fn tell_if_not(self, last: Option<String>) {
        let user = self.user.get_untracked().filter(|user| last.is_some_and(|last| last != user.username));
        _ = user.map(|user| self.tell(Notice::SomebodyElse(user)));
    }

    /// Whether other tabs can see the login.
    pub fn is_kept(self) -> bool {
        storage::is_kept(KEY)
    }

    /// Another tab has told of a log-out. Ignored if somebody has logged in since. (What is stored
    /// may be told later than the word of it, and so be this tab's own login still.)
    pub fn log_out_too(self) {
        let stored = storage::get::<Login>(KEY);
        if stored.is_none_or(|stored| self.holds(&stored)) {
            self.leave();
        }
    }

    /// Looks who is logged in by now, and tells if it is somebody else.
    pub fn look(self) {
        let last = self.last.get_value();
        self.hold(storage::get(KEY));
        self.tell_if_not(last);
    }

    /// The browser shows a page again that it had put away. Whoever has logged out meanwhile left
    /// nothing to see.
    pub fn come_back(self) {
        self.look();
        if self.login.with_untracked(Option::is_none) {
            self.leave();
        }
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

    /// The account is gone, and with it all that this browser has kept of it.
    pub fn deleted(self) {
        let username = self.person().unwrap_or_default();
        tabs::tell(&format!("{}{username}", tabs::GONE));
        self.forget(&username);
        self.log_out();
        self.tell(Notice::Deleted);
    }

    /// An account is gone.
    pub fn forget(self, username: &str) {
        self.gone.update_value(|gone| gone.push(username.to_owned()));
    }

    /// Whether an account is known to be gone.
    pub fn is_gone(self, username: &str) -> bool {
        self.gone.with_value(|gone| gone.iter().any(|gone| gone == username))
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

    /// What the notice tells of is no more. Others stay.
    pub fn untell(self, notice: &Notice) {
        if self.notice.with_untracked(|shown| shown.as_ref() == Some(notice)) {
            self.notice.set(None);
        }
    }

    /// The notice has been read.
    pub fn dismiss_notice(self) {
        self.notice.set(None);
    }

    fn leave(self) {
        draft::forget_all(self.person().as_deref());
        draft::forget_all(None);
        self.person.update(|(person, changes)| {
            *person = None;
            *changes += 1;
        });
        self.store(None);
    }

    fn store(self, login: Option<Login>) {
        match &login {
            Some(login) => _ = storage::set(KEY, login),
            None => storage::remove(KEY),
        }
        self.hold(login);
    }

    fn hold(self, login: Option<Login>) {
        if let Some(login) = &login {
            let now = &login.user.username;
            self.last.set_value(Some(now.clone()));
            self.person.update(|(person, changes)| {
                if person.as_ref().is_some_and(|person| person != now) {
                    *changes += 1;
                }
                *person = Some(now.clone());
            });
        }
        self.login.set(login);
    }
}
