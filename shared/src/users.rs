//! Users: sign-up, profile, password, export and deletion.

mod display_name;
pub mod export;
mod password;
mod username;

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;

pub use display_name::DisplayName;
pub use password::{Password, PasswordInput};
pub use username::{NewUsername, Username};

/// The body of `POST /api/signup`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SignUpRequest {
    /// The username. It cannot be changed later.
    pub username: NewUsername,
    /// The password.
    pub password: Password,
    /// The display name.
    pub name: DisplayName,
}

/// The body of `PATCH /api/me`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EditProfileRequest {
    /// The new display name.
    pub name: DisplayName,
}

/// The body of `PUT /api/me/password`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangePasswordRequest {
    /// The current password.
    pub current: PasswordInput,
    /// The new password.
    pub new: Password,
}

/// The body of `POST /api/me/delete`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeleteAccountRequest {
    /// The current password. Users of the external identity provider have none: they need a new access token instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<PasswordInput>,
}

/// The profile of the caller: the response of `GET /api/me`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct User {
    /// The username.
    pub username: String,
    /// The display name.
    pub name: String,
    /// When the user signed up.
    pub created_at: Timestamp,
}

/// The public data of a user: the author of a message or the owner of a wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublicUser {
    /// The username, which is unique and does not change.
    pub username: String,
    /// The current display name.
    pub name: String,
}
