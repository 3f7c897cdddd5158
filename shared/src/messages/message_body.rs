//! Texts of messages.

use serde::{Deserialize, Serialize};

use crate::validation::{self, ValidationError};

/// The text of a message: 1 to 2,000 characters on any number of lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(extend("minLength" = 1, "maxLength" = MessageBody::MAX_LEN, "pattern" = validation::LINES_PATTERN, "examples" = ["Hello!"])))]
pub struct MessageBody(String);

impl MessageBody {
    /// Maximum length in characters.
    pub const MAX_LEN: usize = 2_000;

    /// Parses and validates the text of a message.
    ///
    /// # Errors
    /// As [`validation::parse_lines`].
    pub fn parse(text: &str) -> Result<Self, ValidationError> {
        validation::parse_lines(text, Self::MAX_LEN).map(Self)
    }

    /// Returns the body as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

validation::try_from_string!(MessageBody);
