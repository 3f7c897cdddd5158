//! The message board.

use serde::{Deserialize, Serialize};

use crate::account::Person;
use crate::rule::{self, Invalid};

/// The text of a message: 1 to 2,000 characters on any number of lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Body(String);

impl Body {
    /// The longest message, in characters.
    pub const MOST: usize = 2_000;

    /// # Errors
    /// As [`rule::lines`].
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        rule::lines(text, Self::MOST).map(Self)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

rule::from_text!(Body);

/// `POST /api/messages`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// What to say.
    pub body: Body,
}

/// `PATCH /api/messages/{id}`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditMessage {
    /// What to say instead.
    pub body: Body,
}

/// A message on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// A UUID.
    pub id: String,
    /// Who wrote it.
    pub author: Person,
    /// What it says.
    pub body: String,
    /// RFC 3339 UTC in milliseconds.
    pub created_at: String,
    /// As `created_at`; none if never edited.
    pub edited_at: Option<String>,
    /// 1, and one more with each edit.
    pub version: u64,
}

/// `GET /api/messages`: newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Messages {
    /// At most 20.
    pub messages: Vec<Message>,
    /// Where the next page begins (pass it as `before`); none on the last page.
    pub next: Option<String>,
}
