//! The data export of a user: profile, live sessions, messages and wishes.

use serde::{Deserialize, Serialize};

use crate::messages::Message;
use crate::timestamp::Timestamp;
use crate::users::User;
use crate::wishes::Wish;

/// The response of `GET /api/me/export`: one page of the caller's data.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Export {
    /// The user's profile.
    pub user: User,
    /// The live sessions of the user.
    pub sessions: Vec<ExportedSession>,
    /// The messages that the user has posted.
    pub messages: Vec<Message>,
    /// The wishes of the user.
    pub wishes: Vec<Wish>,
    /// The cursor of the next page, to send as `before`; null on the last page.
    pub next: Option<String>,
}

/// A session in an export. It contains nothing that could be used to take the session over.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExportedSession {
    /// When the user logged in.
    pub created_at: Timestamp,
    /// When it was last used. The server updates this at most every ten minutes.
    pub used_at: Timestamp,
    /// The browser that logged in, if it is known.
    #[serde(default)]
    pub browser: Option<String>,
    /// The browser's operating system, if it is known.
    #[serde(default)]
    pub system: Option<String>,
}
