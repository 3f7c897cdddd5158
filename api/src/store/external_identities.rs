//! People of an outside issuer, as they are stored: which user here is theirs.

use aws_lc_rs::digest::{SHA256, digest};
use aws_sdk_dynamodb::types::{Delete, Put, TransactWriteItem};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::users::{User, is_active, tombstone, user_pk};
use crate::store::{Store, from_item, to_item};
use crate::web::error::{Error, Result};

/// The alphabet of base32 (RFC 4648, section 6), in lower case.
const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

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
        let mut hash = [0; 32];
        hash.copy_from_slice(digest(&SHA256, serde_json::json!([iss, sub]).to_string().as_bytes()).as_ref());
        Self(hash)
    }

    /// The username that goes with it: `u-` and the first 80 bits in base32. Nobody can sign up
    /// under such a name.
    pub fn username(&self) -> String {
        let bits = self.0[..10].iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
        let letter = |place: u32| char::from(BASE32[(bits >> (75 - 5 * place) & 31) as usize]);
        (0..16).map(letter).fold("u-".to_owned(), |username, letter| username + &letter.to_string())
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
