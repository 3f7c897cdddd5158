//! Passwords: new ones with their limits, and those that a user types to log in or to confirm an action.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::validation::{self, ValidationError};

/// A password as the user typed it, of any length. Its `Debug` output is redacted.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("format" = "password", "examples" = ["seven quiet otters"])))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("format" = "password", "minLength" = Password::MIN_LEN, "maxLength" = Password::MAX_LEN, "examples" = ["seven quiet otters"])))]
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

validation::try_from_string!(Password);
