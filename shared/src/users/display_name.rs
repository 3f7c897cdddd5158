//! Display names of users.

use serde::{Deserialize, Serialize};

use crate::unicode;
use crate::validation::{self, ValidationError};

/// The name that other users see: 1 to 80 characters on one line, at least one of them visible. It contains no
/// direction control and does not start with a combining mark, so it cannot change how the text around it looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = 1, "maxLength" = DisplayName::MAX_LEN, "pattern" = validation::LINE_PATTERN, "examples" = ["Mira"])))]
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

validation::try_from_string!(DisplayName);
