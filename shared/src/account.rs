//! People: signing up, logging in, and who somebody is.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::board::Message;
use crate::rule::{self, Invalid};
use crate::unicode;
use crate::wishlist::Wish;

/// The name a person logs in with: 3 to 30 of `a-z 0-9 _ -`. Upper case becomes lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Username(String);

impl Username {
    /// The shortest and the longest username, in characters.
    pub const LENGTH: (usize, usize) = (3, 30);

    /// # Errors
    /// `TooShort`, `TooLong` or `NotAUsername`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let name = text.trim().to_ascii_lowercase();
        if !name.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_' | '-')) {
            return Err(Invalid::NotAUsername);
        }
        match name.len() {
            length if length < Self::LENGTH.0 => Err(Invalid::TooShort(Self::LENGTH.0)),
            length if length > Self::LENGTH.1 => Err(Invalid::TooLong(Self::LENGTH.1)),
            _ => Ok(Self(name)),
        }
    }

    /// The username.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A [`Username`] that a person may choose: those that begin with `u-` belong to people who come
/// from an outside issuer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct NewUsername(Username);

impl NewUsername {
    /// # Errors
    /// As [`Username::parse`], and `Reserved`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let username = Username::parse(text)?;
        match username.as_str().starts_with("u-") {
            true => Err(Invalid::Reserved),
            false => Ok(Self(username)),
        }
    }

    /// The username, now that it is known to be free to choose.
    pub fn into_username(self) -> Username {
        self.0
    }
}

/// The name that other users see: 1 to 80 characters on one line, at least one of them visible. Can't
/// change how the text around it looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Name(String);

impl Name {
    /// The longest name, in characters.
    pub const MOST: usize = 80;

    /// # Errors
    /// As [`rule::line`], and `DirectionControl` or `StartsWithMark`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let name = rule::line(text, Self::MOST)?;
        if name.contains(unicode::is_direction_control) {
            return Err(Invalid::DirectionControl);
        }
        if unicode::starts_with_mark(&name) {
            return Err(Invalid::StartsWithMark);
        }
        Ok(Self(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password as somebody typed it, whatever its length. Never shown.
#[derive(Clone, Serialize, Deserialize)]
pub struct Typed(String);

impl Typed {
    /// The password, for those who hash or compare it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Typed {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed(..)")
    }
}

/// A password somebody chooses: 8 to 128 characters of any kind. Its strength is the server's to
/// judge, which has the tables for it. Never shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Password(Typed);

impl Password {
    /// The shortest and the longest password, in characters.
    pub const LENGTH: (usize, usize) = (8, 128);

    /// # Errors
    /// `TooShort` or `TooLong`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        match text.chars().count() {
            length if length < Self::LENGTH.0 => Err(Invalid::TooShort(Self::LENGTH.0)),
            length if length > Self::LENGTH.1 => Err(Invalid::TooLong(Self::LENGTH.1)),
            _ => Ok(Self(Typed(text.to_owned()))),
        }
    }

    /// The password, for those who hash it.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

rule::from_text!(Username, NewUsername, Name, Password);

/// `POST /api/signup`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signup {
    /// The name to log in with, unique for good.
    pub username: NewUsername,
    /// The password to log in with.
    pub password: Password,
    /// What others see.
    pub name: Name,
}

/// `POST /api/login`. Anything may be tried: what breaks a rule is as wrong as any other.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The username, as typed.
    pub username: String,
    /// The password, as typed.
    pub password: Typed,
}

/// `PATCH /api/me`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditMe {
    /// What others will see from now on.
    pub name: Name,
}

/// `PUT /api/me/password`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password until now, as typed.
    pub current: Typed,
    /// The password from now on.
    pub new: Password,
}

/// `POST /api/me/delete`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeleteMe {
    /// The password, as typed. People of an outside issuer have none: their token must be new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Typed>,
}

/// `GET /api/me/export`: a page of what is stored about the caller.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Export {
    /// The account.
    pub user: User,
    /// Logins that have not been ended.
    pub sessions: Vec<ExportedSession>,
    /// Messages on the board.
    pub messages: Vec<Message>,
    /// Wishes.
    pub wishes: Vec<Wish>,
    /// Where the next page begins (pass it as `before`); none on the last page.
    pub next: Option<String>,
}

/// A login, as its owner may keep it: nothing that could be used to take it over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExportedSession {
    /// RFC 3339 UTC in milliseconds.
    pub created_at: String,
    /// As `created_at`, ten minutes late at most.
    pub used_at: String,
    /// Where it was made, as [`Session::browser`].
    #[serde(default)]
    pub browser: Option<String>,
    /// As [`Session::system`].
    #[serde(default)]
    pub system: Option<String>,
}

/// `GET /api/me/sessions`: where the caller is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sessions {
    /// What was used last comes first. At most the newest 100 logins, and the caller's own.
    pub sessions: Vec<Session>,
}

/// A login, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// What it is ended by. Worth nothing to anybody else.
    pub id: String,
    /// The browser that logged in, as far as it said; none where it is not known.
    pub browser: Option<String>,
    /// What that browser ran on.
    pub system: Option<String>,
    /// RFC 3339 UTC in milliseconds.
    pub created_at: String,
    /// As `created_at`, ten minutes late at most.
    pub used_at: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// The answer to signing up, logging in and asking for a token.
#[derive(Clone, Serialize, Deserialize)]
pub struct LoggedIn {
    /// The access token (a JWT), for `Authorization: Bearer`.
    pub token: String,
    /// When the token ends, RFC 3339 UTC in milliseconds.
    pub expires_at: String,
    /// Whose token it is.
    pub user: User,
}

impl fmt::Debug for LoggedIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { token: _, expires_at, user } = self;
        f.debug_struct("LoggedIn").field("expires_at", expires_at).field("user", user).finish_non_exhaustive()
    }
}

/// `GET /api/me`: an account, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The name to log in with.
    pub username: String,
    /// What others see.
    pub name: String,
    /// RFC 3339 UTC in milliseconds.
    pub created_at: String,
}

/// The author of a message or the owner of a wish, as everybody sees them, by their current name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Unique, and stays.
    pub username: String,
    /// What to show.
    pub name: String,
}
