//! The kinds of clients, and their credentials.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::support::Reply;
use crate::support::gateway::GatewayRequest;

/// The username of the owner.
pub const OWNER: &str = "olivia";

/// The username of another user.
pub const ANOTHER_USER: &str = "boris";

/// The username of the deleted user.
pub const DELETED_USER: &str = "dora";

/// A kind of client. All except the guest and the external user send an access token and a session cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientKind {
    /// Sends no credentials.
    Guest,
    /// Owns the posts and the session of the paths.
    Owner,
    AnotherUser,
    /// The owner with an expired access token. The session of the token and of the cookie is live.
    ExpiredToken,
    /// The owner with a session that was logged out.
    EndedSession,
    /// A user who has deleted the account. The session is still stored.
    DeletedUser,
    /// The owner with a session that ended when the owner ended all other sessions. It is still stored.
    OldGeneration,
    /// A user of the external identity provider, who has no session and no cookie.
    ExternalUser,
}

impl ClientKind {
    /// Returns whether the cookie of this client belongs to a live session.
    pub fn has_live_cookie(self) -> bool {
        matches!(self, Self::Owner | Self::AnotherUser | Self::ExpiredToken)
    }
}

/// A client of the API.
#[derive(Clone, Debug)]
pub struct Client {
    pub kind: ClientKind,
    /// Empty for the guest.
    pub username: String,
    pub token: Option<String>,
    pub cookie: Option<String>,
}

impl Client {
    pub fn guest() -> Self {
        Self { kind: ClientKind::Guest, username: String::new(), token: None, cookie: None }
    }

    /// Returns a client with the credentials in the response to a sign-up or login.
    pub fn logged_in(kind: ClientKind, reply: &Reply) -> Self {
        assert!(reply.status < 300, "{reply:?}");
        let username = reply.body["user"]["username"].as_str().unwrap().to_owned();
        Self { kind, username, token: Some(reply.token().to_owned()), cookie: Some(reply.cookie()) }
    }

    /// Adds the credentials to a request.
    pub fn authenticate(&self, mut request: GatewayRequest) -> GatewayRequest {
        request.cookie.clone_from(&self.cookie);
        match &self.token {
            Some(token) => request.with_token(token),
            None => request,
        }
    }

    /// Returns the claims of the access token.
    pub fn claims(&self) -> Option<Value> {
        let claims = self.token.as_ref()?.split('.').nth(1).unwrap();
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap()
    }

    /// Returns the id of the session, which may have ended.
    pub fn sid(&self) -> Option<String> {
        Some(self.claims()?["sid"].as_str()?.to_owned())
    }
}
