//! Descriptions of wishes.

use serde::{Deserialize, Serialize};

use crate::validation::{self, ValidationError};

/// The description of a wish: 0 to 2,000 characters on any number of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("maxLength" = WishDescription::MAX_LEN, "pattern" = validation::LINES_PATTERN, "examples" = ["In green, please"])))]
pub struct WishDescription(String);

impl WishDescription {
    /// Maximum length in characters.
    pub const MAX_LEN: usize = 2_000;

    /// Parses and validates the description of a wish.
    ///
    /// # Errors
    /// `TooLong` or `ControlCharacter`. A text without a visible character becomes the empty description.
    pub fn parse(text: &str) -> Result<Self, ValidationError> {
        match validation::parse_lines(text, Self::MAX_LEN) {
            Err(ValidationError::Empty | ValidationError::NoVisibleCharacter) => Ok(Self::default()),
            parsed => parsed.map(Self),
        }
    }

    /// Returns the value as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

validation::try_from_string!(WishDescription);
