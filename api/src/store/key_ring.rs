//! The key ring in its own table: the public half, which may be published, and the private half, which signs.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::builders::PutBuilder;
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::rfc3339_millis;
use crate::store::{Store, number_value, to_item};
use crate::web::error::{Error, Result};

/// The key of the public half.
const PUBLIC_PK: &str = "ring#public";

/// The key of the private half.
const PRIVATE_PK: &str = "ring#private";

/// Maximum number of attempts to read both halves, if another process replaces the key ring between the two reads.
const MAX_READ_ATTEMPTS: usize = 5;

/// The public half: the keys that verify access tokens.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublicKeyRing {
    /// 1 at first; each change adds 1.
    pub version: u64,
    /// The `kid` of the key that signs.
    pub current: String,
    /// The `kid` of the key that will sign next. It is published in advance.
    pub next: String,
    /// The keys, by `kid`: the current one, the next one, and retired ones. A rotation removes those that have expired.
    pub keys: BTreeMap<String, PublicKey>,
}

/// An RSA public key. The names of its members are those of a JWK (RFC 7518, section 6.3.1).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublicKey {
    /// The modulus.
    pub n: String,
    /// The exponent.
    pub e: String,
    /// When the key was first published.
    #[serde(with = "rfc3339_millis")]
    pub published_at: Timestamp,
    /// When the key began to sign; `None` if it has not signed yet.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "rfc3339_millis::option")]
    pub signs_from: Option<Timestamp>,
    /// When another key replaced this one; `None` if it is not retired.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "rfc3339_millis::option")]
    pub retired_at: Option<Timestamp>,
}

/// The private half. It must never appear in a log or a response.
#[derive(Clone, Serialize, Deserialize)]
pub struct PrivateKeyRing {
    /// The version of the public half that it belongs to.
    pub version: u64,
    /// The current and the next private key by `kid`: PKCS#8 in PEM.
    pub keys: BTreeMap<String, String>,
}

impl Store {
    /// Reads the public half of the key ring. Returns `None` before a key ring is created.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn read_public_key_ring(&self) -> Result<Option<PublicKeyRing>> {
        self.get(&self.keys_table, PUBLIC_PK.to_owned()).await
    }

    /// Reads both halves of the key ring in the same version. Returns `None` before a key ring is created.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn read_key_ring(&self) -> Result<Option<(PublicKeyRing, PrivateKeyRing)>> {
        for _ in 0..MAX_READ_ATTEMPTS {
            let private = self.get::<PrivateKeyRing>(&self.keys_table, PRIVATE_PK.to_owned());
            match tokio::try_join!(self.read_public_key_ring(), private)? {
                (None, None) => return Ok(None),
                (Some(public), Some(private)) if public.version == private.version => {
                    return Ok(Some((public, private)));
                }
                // Another process has replaced the key ring between the two reads.
                _ => {}
            }
        }
        Err(Error::unavailable("the halves of the key ring have different versions"))
    }

    /// Stores the first key ring. Returns `false`, and writes nothing, if another process has created one.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn create_key_ring(&self, public: &PublicKeyRing, private: &PrivateKeyRing) -> Result<bool> {
        self.put_key_ring(public, private, |put| put.condition_expression("attribute_not_exists(pk)")).await
    }

    /// Replaces the key ring of this version. Returns `false`, and writes nothing, if another process has replaced it.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn replace_key_ring(
        &self,
        version: u64,
        public: &PublicKeyRing,
        private: &PrivateKeyRing,
    ) -> Result<bool> {
        let has_version = |put: PutBuilder| {
            put.condition_expression("version = :version")
                .expression_attribute_values(":version", number_value(version))
        };
        self.put_key_ring(public, private, has_version).await
    }

    async fn put_key_ring(
        &self,
        public: &PublicKeyRing,
        private: &PrivateKeyRing,
        add_condition: impl Fn(PutBuilder) -> PutBuilder,
    ) -> Result<bool> {
        let public = to_item(public, [("pk", PUBLIC_PK.to_owned())])?;
        let private = to_item(private, [("pk", PRIVATE_PK.to_owned())])?;
        let mut writes = Vec::new();
        for item in [public, private] {
            let put = Put::builder().table_name(&self.keys_table).set_item(Some(item));
            writes.push(TransactWriteItem::builder().put(add_condition(put).build()?).build());
        }
        self.transact(writes).await
    }
}
