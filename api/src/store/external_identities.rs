//! People of an outside issuer, as they are stored: which user here is theirs.

use aws_sdk_dynamodb::types::{Delete, Put, TransactWriteItem};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::crypto::sha256;
use crate::store::users::{User, is_active, tombstone, user_pk};
use crate::store::{Store, from_item, to_item};
use crate::web::error::{Error, Result};

/// Somebody as an outside issuer knows them: the SHA-256 of the JSON array `[iss, sub]`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ExternalIdentity([u8; 32]);

/// What is stored beside the key.
#[derive(Serialize, Deserialize)]
struct StoredIdentity {
    username: String,
}

/// Who an identity is here.
pub enum IdentityStatus {
    /// Nobody yet.
    New,
    /// This user.
    Known(User),
    /// Somebody who deleted the account.
    Deleted,
}

impl ExternalIdentity {
    /// That of a token's `iss` and `sub`.
    pub fn of(iss: &str, sub: &str) -> Self {
        Self(sha256(serde_json::json!([iss, sub]).to_string()))
    }

    /// The username that goes with it: `u-` and the first 80 bits in base32. Nobody can sign up
    /// under such a name.
    pub fn username(&self) -> String {
        format!("u-{}", BASE32_NOPAD.encode(&self.0[..10]).to_ascii_lowercase())
    }

    fn pk(&self) -> String {
        format!("identity#{}", BASE64_URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl Store {
    /// Who this is here, as of now.
    pub async fn external_user_status(&self, identity: &ExternalIdentity) -> Result<IdentityStatus> {
        let [known, user] = self.get_both([identity.pk(), user_pk(&identity.username())]).await?;
        match (known, user) {
            (_, Some(user)) if !is_active(&user) => Ok(IdentityStatus::Deleted),
            (Some(known), Some(user)) => {
                let (StoredIdentity { username }, user): (_, User) = (from_item(known)?, from_item(user)?);
                if username == user.username {
                    Ok(IdentityStatus::Known(user))
                } else {
                    Ok(IdentityStatus::Deleted)
                }
            }
            // One without the other: another request is adding them at this moment.
            _ => Ok(IdentityStatus::New),
        }
    }

    /// Adds the user of an identity. Says whether it did: of many at once, one does.
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

    /// Deletes the user of an identity, but for the username, and the identity: nobody enters by it
    /// again.
    ///
    /// # Errors
    /// `SessionEnded` where it was deleted before.
    pub async fn delete_external_user(&self, identity: &ExternalIdentity, now: Timestamp) -> Result<()> {
        let user = Put::builder()
            .table_name(&self.table)
            .set_item(Some(tombstone(&identity.username(), now)))
            .condition_expression("attribute_exists(generation)")
            .build()?;
        let key = [("pk".to_owned(), super::text(identity.pk()))].into();
        let identity = Delete::builder().table_name(&self.table).set_key(Some(key)).build()?;
        let writes = vec![
            TransactWriteItem::builder().put(user).build(),
            TransactWriteItem::builder().delete(identity).build(),
        ];
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
            let identity = ExternalIdentity::of(iss, sub);
            assert_eq!((identity.username().as_str(), identity.pk().as_str()), (username, pk));
        }
    }
}
