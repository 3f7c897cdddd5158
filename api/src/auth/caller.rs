//! The authenticated user of a request.

use serde::Serialize;
use serde_json::Value;

use crate::auth::access_token;
use crate::external::token::Claims as ExternalClaims;
use crate::store::sessions::Session;
use crate::store::users::User;
use crate::web::error::{Error, Result};

/// The authenticated user of a request. A handler with this argument requires a login.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The user, as read from the table during this request. In the authorizer, a new external user is not stored yet.
    pub user: User,
    /// The session of the access token. A token of the external issuer has none.
    pub session: Option<Session>,
    /// The claims of the access token.
    pub claims: Claims,
}

/// The claims of the caller's access token.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Claims {
    /// Issued by this API.
    Own(access_token::Claims),
    /// Issued by the external issuer.
    External(ExternalClaims),
}

impl Claims {
    /// Returns the scope, if the token has one.
    pub fn scope(&self) -> Option<&str> {
        match self {
            Self::Own(claims) => Some(&claims.scope),
            Self::External(claims) => claims.scope.as_ref().and_then(Value::as_str),
        }
    }
}

impl Caller {
    /// Returns the caller's session, for routes that need one.
    ///
    /// # Errors
    /// `NoPassword` for a user of the external identity provider.
    pub fn session(&self) -> Result<&Session> {
        self.session.as_ref().ok_or(Error::NoPassword)
    }
}
