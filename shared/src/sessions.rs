//! Sessions: login, access tokens, and the list of a user's sessions.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;
use crate::users::{PasswordInput, User};

/// The body of `POST /api/login`. The username is not validated, so that an invalid one gets the same response as an
/// unknown one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LogInRequest {
    /// The username as typed.
    pub username: String,
    /// The password as typed.
    pub password: PasswordInput,
}

/// The response to a sign-up, a login and a refresh.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TokenResponse {
    /// The access token (a JWT), for `Authorization: Bearer`.
    pub token: String,
    /// When the access token expires.
    pub expires_at: Timestamp,
    /// The user of the access token.
    pub user: User,
}

impl fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { token: _, expires_at, user } = self;
        f.debug_struct("TokenResponse")
            .field("expires_at", expires_at)
            .field("user", user)
            .finish_non_exhaustive()
    }
}

/// The response of `GET /api/me/sessions`: the caller's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sessions {
    /// The sessions, the most recently used one first: at most the newest 100, and the current one.
    pub sessions: Vec<Session>,
}

/// A session as its user sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Session {
    /// The id, with which the user can end the session. Other users cannot use it.
    pub id: String,
    /// The browser that logged in, if it is known.
    pub browser: Option<String>,
    /// The browser's operating system, if it is known.
    pub system: Option<String>,
    /// When the user logged in.
    pub created_at: Timestamp,
    /// When it was last used. The server updates this at most every ten minutes.
    pub used_at: Timestamp,
    /// Whether the request came from this session.
    pub current: bool,
}
