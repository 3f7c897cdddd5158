//! User accounts: sign-up, profile, password, export and deletion.

pub mod deletion;
pub mod export;
pub mod password;
pub mod profile;
pub mod sign_up;

mod current_password;

use shared::users::PublicUser;

use crate::store::users::User;

impl From<User> for shared::users::User {
    fn from(User { username, name, created_at, .. }: User) -> Self {
        Self { username, name, created_at: created_at.into() }
    }
}

impl From<User> for PublicUser {
    fn from(User { username, name, .. }: User) -> Self {
        Self { username, name }
    }
}
