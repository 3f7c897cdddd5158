//! The credentials of the logged-in user.

use serde::{Deserialize, Serialize};
use shared::sessions::TokenResponse;
use shared::users::User;

use crate::api::access_token::AccessToken;

/// The logged-in user and their access token, as they are stored in web storage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Credentials {
    pub(super) user: User,
    pub(super) token: AccessToken,
}

impl Credentials {
    /// The logged-in user.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// Whether both belong to the same user.
    pub fn is_same_user(&self, other: &Self) -> bool {
        self.user.username == other.user.username
    }
}

impl From<TokenResponse> for Credentials {
    fn from(TokenResponse { token, user, .. }: TokenResponse) -> Self {
        Self { user, token: AccessToken::issued(token) }
    }
}
