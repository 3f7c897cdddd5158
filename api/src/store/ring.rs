//! The key ring, as it is stored: what everybody may know, and what signs.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use serde::{Deserialize, Serialize};

use super::{Store, to_item};
use crate::error::Result;

/// The public half: the keys that tokens may be signed with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublicRing {
    /// 1, and one more with each change.
    pub version: u64,
    /// The `kid` of the key that signs now.
    pub current: String,
    /// The `kid` of the key that will sign next, published ahead of time.
    pub next: String,
    /// All keys that still count, by `kid`.
    pub keys: BTreeMap<String, PublicKey>,
}

/// An RSA public key, its members as in a JWK (RFC 7518, section 6.3.1).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublicKey {
    /// The modulus.
    pub n: String,
    /// The exponent.
    pub e: String,
    /// When it was first published, RFC 3339 UTC in milliseconds.
    pub published_at: String,
}

/// The private half: PKCS#8 in PEM, by `kid`. Never logged, never answered.
#[derive(Clone, Serialize, Deserialize)]
pub struct PrivateRing {
    /// That of the public half it belongs to.
    pub version: u64,
    /// The private keys of `current` and `next`.
    pub keys: BTreeMap<String, String>,
}

impl Store {
    /// The public half of the ring, if there is a ring.
    pub async fn public_ring(&self) -> Result<Option<PublicRing>> {
        self.get(&self.keys_table, "ring#public".to_owned()).await
    }

    /// The private half of the ring, if there is a ring.
    pub async fn private_ring(&self) -> Result<Option<PrivateRing>> {
        self.get(&self.keys_table, "ring#private".to_owned()).await
    }

    /// Stores the first ring. Says whether it did: of many at once, one does.
    pub async fn create_ring(&self, public: &PublicRing, private: &PrivateRing) -> Result<bool> {
        let mut writes = Vec::new();
        for item in [
            to_item(public, [("pk", "ring#public".to_owned())])?,
            to_item(private, [("pk", "ring#private".to_owned())])?,
        ] {
            let put = Put::builder().table_name(&self.keys_table).set_item(Some(item));
            let put = put.condition_expression("attribute_not_exists(pk)").build()?;
            writes.push(TransactWriteItem::builder().put(put).build());
        }
        self.transact(writes).await
    }
}
