//! Messages. Everyone can read them, and logged-in users can post them.

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;
use crate::users::PublicUser;
use crate::validation::{self, ValidationError};

/// The text of a message: 1 to 2,000 characters on any number of lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
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

/// The body of `POST /api/messages`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// The text of the message.
    pub body: MessageBody,
}

/// The body of `PATCH /api/messages/{id}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditMessage {
    /// The new text of the message.
    pub body: MessageBody,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The id: a UUID.
    pub id: String,
    /// The user who posted it.
    pub author: PublicUser,
    /// The text of the message.
    pub body: String,
    /// When it was posted.
    pub created_at: Timestamp,
    /// When it was last edited, if ever.
    pub edited_at: Option<Timestamp>,
    /// 1 at first; each edit adds 1.
    pub version: u64,
}

/// The response of `GET /api/messages`, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessagePage {
    /// The messages, at most 20.
    pub messages: Vec<Message>,
    /// The cursor of the next page, to send as `before`; `None` on the last page.
    pub next: Option<String>,
}
