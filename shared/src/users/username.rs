//! Usernames. A user logs in with the username and cannot change it.

use serde::{Deserialize, Serialize};

use crate::validation::{self, ValidationError};

/// The name that a user logs in with: 3 to 30 characters of `a-z 0-9 _ -`. Upper case becomes lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = Username::MIN_LEN, "maxLength" = Username::MAX_LEN, "pattern" = "^[a-z0-9_-]+$", "examples" = ["mira"])))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = Username::MIN_LEN, "maxLength" = Username::MAX_LEN, "pattern" = "^(?![Uu]-)[A-Za-z0-9_-]+$", "examples" = ["mira"])))]
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

validation::try_from_string!(Username, NewUsername);
