//! The key ring, as it is stored: what everybody may know, and what signs.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::builders::PutBuilder;
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::rfc3339_millis;
use crate::store::{Store, number, to_item};
use crate::web::error::{Error, Result};

/// How often the ring is read again that was changed meanwhile.
const MAX_READ_ATTEMPTS: usize = 5;

/// The public half: the keys that tokens may be signed with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublicKeyRing {
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
    /// When it was first published.
    #[serde(with = "rfc3339_millis")]
    pub published_at: Timestamp,
    /// When it began to sign, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "rfc3339_millis::option")]
    pub signs_from: Option<Timestamp>,
    /// When another key took over, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "rfc3339_millis::option")]
    pub retired_at: Option<Timestamp>,
}

/// The private half: PKCS#8 in PEM, by `kid`. Never logged, never answered.
#[derive(Clone, Serialize, Deserialize)]
pub struct PrivateKeyRing {
    /// That of the public half it belongs to.
    pub version: u64,
    /// The private keys of `current` and `next`.
    pub keys: BTreeMap<String, String>,
}

impl Store {
    /// The public half of the ring, if there is a ring.
    pub async fn public_key_ring(&self) -> Result<Option<PublicKeyRing>> {
        self.get(&self.keys_table, "ring#public".to_owned()).await
    }

    /// Both halves of the ring, of the same version, if there is a ring.
    pub async fn key_ring(&self) -> Result<Option<(PublicKeyRing, PrivateKeyRing)>> {
        for _ in 0..MAX_READ_ATTEMPTS {
            let private = self.get(&self.keys_table, "ring#private".to_owned());
            match tokio::try_join!(self.public_key_ring(), private)? {
                (None, None) => return Ok(None),
                (Some(public), Some(private)) if have_same_version(&public, &private) => {
                    return Ok(Some((public, private)));
                }
                // The ring was changed between the two readings.
                _ => {}
            }
        }
        Err(Error::Unavailable("the halves of the key ring don't belong together".into()))
    }

    /// Stores the first ring. Says whether it did: of many at once, one does.
    pub async fn create_key_ring(&self, public: &PublicKeyRing, private: &PrivateKeyRing) -> Result<bool> {
        self.put_key_ring(public, private, |put| put.condition_expression("attribute_not_exists(pk)")).await
    }

    /// Stores a ring in place of that version. Says whether it did: of many at once, one does.
    pub async fn replace_key_ring(
        &self,
        version: u64,
        public: &PublicKeyRing,
        private: &PrivateKeyRing,
    ) -> Result<bool> {
        let same_version = |put: PutBuilder| {
            put.condition_expression("version = :version")
                .expression_attribute_values(":version", number(version))
        };
        self.put_key_ring(public, private, same_version).await
    }

    async fn put_key_ring(
        &self,
        public: &PublicKeyRing,
        private: &PrivateKeyRing,
        only_if: impl Fn(PutBuilder) -> PutBuilder,
    ) -> Result<bool> {
        let mut writes = Vec::new();
        for item in [
            to_item(public, [("pk", "ring#public".to_owned())])?,
            to_item(private, [("pk", "ring#private".to_owned())])?,
        ] {
            let put = Put::builder().table_name(&self.keys_table).set_item(Some(item));
            writes.push(TransactWriteItem::builder().put(only_if(put).build()?).build());
        }
        self.transact(writes).await
    }
}

fn have_same_version(public: &PublicKeyRing, private: &PrivateKeyRing) -> bool {
    public.version == private.version
}
