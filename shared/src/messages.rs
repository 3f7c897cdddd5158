//! Messages. Everyone can read them, and logged-in users can post them.

mod message_body;

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;
use crate::users::PublicUser;

pub use message_body::MessageBody;

/// The body of `POST /api/messages`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewMessage {
    /// The text of the message.
    pub body: MessageBody,
}

/// The body of `PATCH /api/messages/{id}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EditMessage {
    /// The new text of the message.
    pub body: MessageBody,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MessagePage {
    /// The messages, at most 20.
    pub messages: Vec<Message>,
    /// The cursor of the next page, to send as `before`; null on the last page.
    pub next: Option<String>,
}
