//! Names of wishes.

use serde::{Deserialize, Serialize};

use crate::validation::{self, ValidationError};

/// The name of a wish: 1 to 120 characters on one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = 1, "maxLength" = WishName::MAX_LEN, "pattern" = validation::LINE_PATTERN, "examples" = ["Bicycle bell"])))]
pub struct WishName(String);

impl WishName {
    /// Maximum length in characters.
    pub const MAX_LEN: usize = 120;

    /// Parses and validates the name of a wish.
    ///
    /// # Errors
    /// As [`validation::parse_line`].
    pub fn parse(text: &str) -> Result<Self, ValidationError> {
        validation::parse_line(text, Self::MAX_LEN).map(Self)
    }

    /// Returns the value as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

validation::try_from_string!(WishName);
