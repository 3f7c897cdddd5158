//! A snapshot of the key ring: its keys at the time of one read, parsed for use.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{DecodingKey, EncodingKey};

use crate::signing_keys::generate;
use crate::signing_keys::rotation_schedule::{self, KeyState};
use crate::store::Store;
use crate::store::key_ring::{PrivateKeyRing, PublicKeyRing};
use crate::web::error::{Error, Result};

/// Which halves of the key ring a process reads.
#[derive(Clone, Copy, Debug)]
pub(super) enum Access {
    /// Both halves: the process signs and verifies tokens, and rotates the keys.
    SignAndVerify,
    /// The public half: the process only verifies tokens.
    VerifyOnly,
}

/// The keys of the key ring, parsed for use.
#[derive(Clone)]
pub(super) struct Snapshot {
    /// When the key ring was read.
    pub(super) read_at: Timestamp,
    /// The `kid` and the private half of the current key; `None` with [`Access::VerifyOnly`].
    pub(super) signer: Option<(String, EncodingKey)>,
    /// The public keys that verify tokens, by `kid`.
    pub(super) verifiers: BTreeMap<String, DecodingKey>,
    /// The same public keys as a JWK Set.
    pub(super) jwks: JwkSet,
    /// Whether this process should rotate the keys.
    pub(super) is_rotation_due: bool,
}

impl Snapshot {
    /// Reads the key ring from the database. Returns `None` if no key ring is stored.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond; `Internal` if the key ring is malformed.
    pub(super) async fn read(store: &Store, access: Access, now: Timestamp) -> Result<Option<Self>> {
        let stored = match access {
            Access::SignAndVerify => {
                store.read_key_ring().await?.map(|(public, private)| (public, Some(private)))
            }
            Access::VerifyOnly => store.read_public_key_ring().await?.map(|public| (public, None)),
        };
        stored.map(|(public, private)| Self::parse(&public, private.as_ref(), now)).transpose()
    }

    /// Parses the keys of a key ring that was just read.
    ///
    /// # Errors
    /// `Internal` if the key ring is malformed.
    fn parse(public: &PublicKeyRing, private: Option<&PrivateKeyRing>, now: Timestamp) -> Result<Self> {
        let signer = private.map(|private| parse_signer(public, private)).transpose()?;
        let is_rotation_due = signer.is_some() && rotation_schedule::due_change(public, now).is_some();
        let (mut verifiers, mut keys) = (BTreeMap::new(), Vec::new());
        for (kid, key) in &public.keys {
            if rotation_schedule::key_state(public, kid, now) == KeyState::Expired {
                continue;
            }
            let verifier = DecodingKey::from_rsa_components(&key.n, &key.e).map_err(Error::internal)?;
            verifiers.insert(kid.clone(), verifier);
            keys.push(generate::to_jwk(kid, key)?);
        }
        Ok(Self { read_at: now, signer, verifiers, jwks: JwkSet { keys }, is_rotation_due })
    }
}

fn parse_signer(public: &PublicKeyRing, private: &PrivateKeyRing) -> Result<(String, EncodingKey)> {
    let pem = private.keys.get(&public.current);
    let pem = pem.ok_or_else(|| Error::internal("the current key has no private half"))?;
    let key = EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(Error::internal)?;
    Ok((public.current.clone(), key))
}
