//! Users: sign-up, profile, password and deletion.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;
use crate::unicode;
use crate::validation::{self, ValidationError};

/// The name that a user logs in with: 3 to 30 characters of `a-z 0-9 _ -`. Upper case becomes lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Username(String);

impl Username {
    /// Minimum length in characters.
    pub const MIN_LEN: usize = 3;

    /// Maximum length in characters.
    pub const MAX_LEN: usize = 30;

    /// Parses a username: trims it and converts it to lower case.
    ///
    /// # Errors
    /// `TooShort`, `TooLong` or `NotAUsername`.
    pub fn parse(text: &str) -> Result<Self, ValidationError> {
        let name = text.trim().to_ascii_lowercase();
        if !name.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_' | '-')) {
            return Err(ValidationError::NotAUsername);
        }
        match name.len() {
            length if length < Self::MIN_LEN => Err(ValidationError::TooShort(Self::MIN_LEN)),
            length if length > Self::MAX_LEN => Err(ValidationError::TooLong(Self::MAX_LEN)),
            _ => Ok(Self(name)),
        }
    }

    /// Returns the username as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A [`Username`] that a new user may choose. Usernames that start with `u-` are reserved for users of the external
/// identity provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct NewUsername(Username);

impl NewUsername {
    /// Parses a username that a new user chooses.
    ///
    /// # Errors
    /// As [`Username::parse`], and `Reserved`.
    pub fn parse(text: &str) -> Result<Self, ValidationError> {
        let username = Username::parse(text)?;
        match username.as_str().starts_with("u-") {
            true => Err(ValidationError::Reserved),
            false => Ok(Self(username)),
        }
    }

    /// Returns the username.
    pub fn into_username(self) -> Username {
        self.0
    }
}

/// The name that other users see: 1 to 80 characters on one line, at least one of them visible. It contains no
/// direction control and does not start with a combining mark, so it cannot change how the text around it looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct DisplayName(String);

impl DisplayName {
    /// Maximum length in characters.
    pub const MAX_LEN: usize = 80;

    /// Parses and validates a display name.
    ///
    /// # Errors
    /// As [`validation::parse_line`], and `DirectionControl` or `StartsWithMark`.
    pub fn parse(text: &str) -> Result<Self, ValidationError> {
        let name = validation::parse_line(text, Self::MAX_LEN)?;
        if name.contains(unicode::is_direction_control) {
            return Err(ValidationError::DirectionControl);
        }
        if unicode::starts_with_mark(&name) {
            return Err(ValidationError::StartsWithMark);
        }
        Ok(Self(name))
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password as the user typed it, of any length. Its `Debug` output is redacted.
#[derive(Clone, Serialize, Deserialize)]
pub struct PasswordInput(String);

impl PasswordInput {
    /// Returns the password as text, to hash or verify it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for PasswordInput {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for PasswordInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordInput(..)")
    }
}

/// A new password: 8 to 128 characters of any kind. The server also checks its strength, which needs large tables.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Password(PasswordInput);

impl Password {
    /// Minimum length in characters.
    pub const MIN_LEN: usize = 8;

    /// Maximum length in characters.
    pub const MAX_LEN: usize = 128;

    /// Validates the length of a new password. Does not trim it.
    ///
    /// # Errors
    /// `TooShort` or `TooLong`.
    pub fn parse(text: &str) -> Result<Self, ValidationError> {
        match text.chars().count() {
            length if length < Self::MIN_LEN => Err(ValidationError::TooShort(Self::MIN_LEN)),
            length if length > Self::MAX_LEN => Err(ValidationError::TooLong(Self::MAX_LEN)),
            _ => Ok(Self(PasswordInput(text.to_owned()))),
        }
    }

    /// Returns the password as text, to hash it.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

validation::try_from_string!(Username, NewUsername, DisplayName, Password);

/// The body of `POST /api/signup`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignUpRequest {
    /// The username. It cannot be changed later.
    pub username: NewUsername,
    /// The password.
    pub password: Password,
    /// The display name.
    pub name: DisplayName,
}

/// The body of `PATCH /api/me`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditProfileRequest {
    /// The new display name.
    pub name: DisplayName,
}

/// The body of `PUT /api/me/password`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangePasswordRequest {
    /// The current password.
    pub current: PasswordInput,
    /// The new password.
    pub new: Password,
}

/// The body of `POST /api/me/delete`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeleteAccountRequest {
    /// The current password. Users of the external identity provider have none: they need a new access token instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<PasswordInput>,
}

/// The profile of the caller: the response of `GET /api/me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The username.
    pub username: String,
    /// The display name.
    pub name: String,
    /// When the user signed up.
    pub created_at: Timestamp,
}

/// The public data of a user: the author of a message or the owner of a wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicUser {
    /// The username, which is unique and does not change.
    pub username: String,
    /// The current display name.
    pub name: String,
}
