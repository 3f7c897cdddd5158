//! External identities: map a subject of the external identity provider to its user.

use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::crypto::sha256;
use crate::store::key_schema::user_pk;
use crate::store::users::{User, is_active, tombstone};
use crate::store::{Store, from_item, to_item};
use crate::web::error::{Error, Result};

/// The identity of a user at the external identity provider: the SHA-256 of the JSON array `[iss, sub]`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ExternalIdentity([u8; 32]);

/// An external identity, as stored.
#[derive(Serialize, Deserialize)]
struct StoredIdentity {
    username: String,
}

/// Whether an external identity has a user.
pub enum IdentityStatus {
    /// It has no user yet.
    New,
    /// It has this user.
    Known(User),
    /// Its user was deleted.
    Deleted,
}

impl ExternalIdentity {
    /// Returns the identity for the claims `iss` and `sub` of an access token.
    pub fn new(iss: &str, sub: &str) -> Self {
        Self(sha256(serde_json::json!([iss, sub]).to_string()))
    }

    /// Returns the username of the identity's user: `u-` and the first 80 bits of the hash in base32. A sign-up rejects
    /// such usernames.
    pub fn username(&self) -> String {
        format!("u-{}", BASE32_NOPAD.encode(&self.0[..10]).to_ascii_lowercase())
    }

    fn pk(&self) -> String {
        format!("identity#{}", BASE64_URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl Store {
    /// Finds the user of an external identity.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn find_external_user(&self, identity: &ExternalIdentity) -> Result<IdentityStatus> {
        let [stored, user] = self.get_pair([identity.pk(), user_pk(&identity.username())]).await?;
        match (stored, user) {
            (_, Some(user)) if !is_active(&user) => Ok(IdentityStatus::Deleted),
            (Some(stored), Some(user)) => {
                let (StoredIdentity { username }, user): (_, User) = (from_item(stored)?, from_item(user)?);
                if username == user.username {
                    Ok(IdentityStatus::Known(user))
                } else {
                    Ok(IdentityStatus::Deleted)
                }
            }
            // If only one of the items exists, another request is creating the user at this moment.
            _ => Ok(IdentityStatus::New),
        }
    }

    /// Creates the user of an external identity. Returns `false`, and writes nothing, if another request has created
    /// it.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn create_external_user(&self, identity: &ExternalIdentity, user: &User) -> Result<bool> {
        let stored = StoredIdentity { username: user.username.clone() };
        let mut writes = Vec::new();
        for item in
            [to_item(&stored, [("pk", identity.pk())])?, to_item(user, [("pk", user_pk(&user.username))])?]
        {
            let put = Put::builder().table_name(&self.table).set_item(Some(item));
            let put = put.condition_expression("attribute_not_exists(pk)").build()?;
            writes.push(TransactWriteItem::builder().put(put).build());
        }
        self.transact(writes).await
    }

    /// Deletes an external identity and its user. A tombstone stays under the user's key, so that the identity gets no
    /// new user.
    ///
    /// # Errors
    /// `SessionEnded` if the user is already deleted.
    pub async fn delete_external_user(&self, identity: &ExternalIdentity, now: Timestamp) -> Result<()> {
        let user = Put::builder()
            .table_name(&self.table)
            .set_item(Some(tombstone(&identity.username(), now)))
            .condition_expression("attribute_exists(generation)")
            .build()?;
        let writes = vec![TransactWriteItem::builder().put(user).build(), self.delete_write(identity.pk())?];
        self.transact(writes).await?.then_some(()).ok_or(Error::SessionEnded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stored data refers to these keys, so they must never change.
    #[test]
    fn an_identity_always_has_the_same_username_and_key() {
        for (iss, sub, username, pk) in [
            (
                "https://issuer.example/",
                "auth0|5f7c8ec7c33c6c004bbafe82",
                "u-gg5o5vtbvwmfkv2q",
                "identity#Mbru1mGtmFVXUKFwEUtUs2xws-ARWhvA_Y6VAVP1fsM",
            ),
            (
                "https://issuer.example",
                "",
                "u-4jqkeq7cq6armpn5",
                "identity#4mCiQ-KHgRY9vVdrRGQFcZFdDXvzY9_mib2WRp90X9I",
            ),
        ] {
            let identity = ExternalIdentity::new(iss, sub);
            assert_eq!((identity.username().as_str(), identity.pk().as_str()), (username, pk));
        }
    }
}
