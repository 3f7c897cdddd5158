//! The keys that sign tokens: they make themselves, live in the table, and show their public halves
//! at the `.well-known` addresses. There is nothing to copy, lose or commit.

use std::collections::BTreeMap;
use std::sync::Arc;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use axum::extract::State;
use axum::response::IntoResponse;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use http::header::CACHE_CONTROL;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::{Jwk, JwkSet, KeyAlgorithm, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use serde_json::json;
use tokio::sync::RwLock;

use crate::AppState;
use crate::clock::{Clock, rfc3339};
use crate::error::{Error, Result};
use crate::extract::Json;
use crate::store::Store;
use crate::store::ring::{PrivateRing, PublicKey, PublicRing};

mod discovery;
pub mod trusted;

/// How long a ring that was read is taken for the current one.
const FRESH: SignedDuration = SignedDuration::from_secs(60);

/// How long others may keep our documents: far less than a key is published before it signs.
const CACHEABLE: &str = "public, max-age=300";

/// The key ring, as this process last read it.
pub struct Keys {
    store: Store,
    clock: Clock,
    signs: bool,
    ring: RwLock<Arc<Ring>>,
}

/// A key ring, ready to use.
struct Ring {
    read_at: Timestamp,
    signer: Option<(String, EncodingKey)>,
    verifiers: BTreeMap<String, DecodingKey>,
    jwks: JwkSet,
}

impl Keys {
    /// Reads the ring, and makes the first one if there is none.
    ///
    /// # Errors
    /// When the database doesn't answer.
    pub async fn open(store: Store, clock: Clock) -> Result<Self> {
        if store.public_ring().await?.is_none() {
            let now = clock.now();
            let (public, private) = blocking(move || first_ring(now)).await??;
            // Whoever was faster has made the ring; ours is forgotten then.
            store.create_ring(&public, &private).await?;
        }
        let ring = RwLock::new(Arc::new(read(&store, &clock, true).await?));
        Ok(Self { store, clock, signs: true, ring })
    }

    /// Reads the public half of the ring only: enough to check tokens, and all that the authorizer
    /// may read.
    ///
    /// # Errors
    /// When the database doesn't answer, or there is no ring yet.
    pub async fn open_public(store: Store, clock: Clock) -> Result<Self> {
        let ring = RwLock::new(Arc::new(read(&store, &clock, false).await?));
        Ok(Self { store, clock, signs: false, ring })
    }

    /// What signs, and the `kid` that names it.
    ///
    /// # Errors
    /// When the ring is not fresh and the database doesn't answer, or only its public half was
    /// opened.
    pub async fn signer(&self) -> Result<(String, EncodingKey)> {
        self.fresh().await?.signer.clone().ok_or_else(|| unusable("only the public ring was opened"))
    }

    /// What checks the tokens of this `kid`, if it is one of ours.
    ///
    /// # Errors
    /// When the ring is not fresh and the database doesn't answer.
    pub async fn verifier(&self, kid: &str) -> Result<Option<DecodingKey>> {
        Ok(self.fresh().await?.verifiers.get(kid).cloned())
    }

    async fn fresh(&self) -> Result<Arc<Ring>> {
        let is_fresh = |ring: &Ring| self.clock.now().duration_since(ring.read_at) < FRESH;
        let ring = self.ring.read().await.clone();
        if is_fresh(&ring) {
            return Ok(ring);
        }
        // One reads, the others wait for what it finds.
        let mut ring = self.ring.write().await;
        if !is_fresh(&ring) {
            *ring = Arc::new(read(&self.store, &self.clock, self.signs).await?);
        }
        Ok(ring.clone())
    }
}

/// `GET /.well-known/jwks.json`: RFC 7517, section 5.
pub async fn jwks(State(state): State<AppState>) -> Result<impl IntoResponse> {
    let ring = state.keys.fresh().await?;
    Ok(([(CACHE_CONTROL, CACHEABLE)], Json(ring.jwks.clone())))
}

/// `GET /.well-known/openid-configuration`: what an API Gateway authorizer needs of OpenID Connect
/// Discovery 1.0, section 3. There is no authorization endpoint: people log in at ours alone.
pub async fn discovery(State(state): State<AppState>) -> Result<impl IntoResponse> {
    let issuer = &state.config.issuer;
    let document = json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "response_types_supported": ["token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    });
    Ok::<_, Error>(([(CACHE_CONTROL, CACHEABLE)], Json(document)))
}

async fn read(store: &Store, clock: &Clock, signs: bool) -> Result<Ring> {
    let read_at = clock.now();
    let public = store.public_ring().await?.ok_or_else(|| unusable("there is no public ring"))?;
    let signer = if signs { Some(signer(store, &public).await?) } else { None };
    let verifier = |(kid, key): (&String, &PublicKey)| {
        DecodingKey::from_rsa_components(&key.n, &key.e).map(|verifier| (kid.clone(), verifier))
    };
    let verifiers = public.keys.iter().map(verifier).collect::<Result<_, _>>().map_err(unusable)?;
    let jwks = JwkSet { keys: public.keys.iter().map(|(kid, key)| jwk(kid, key)).collect::<Result<_>>()? };
    Ok(Ring { read_at, signer, verifiers, jwks })
}

async fn signer(store: &Store, public: &PublicRing) -> Result<(String, EncodingKey)> {
    let private = store.private_ring().await?.ok_or_else(|| unusable("there is no private ring"))?;
    let pem =
        private.keys.get(&public.current).ok_or_else(|| unusable("the current key has no private half"))?;
    let key = EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(unusable)?;
    Ok((public.current.clone(), key))
}

/// Two new keys: one to sign now, one to sign next.
///
/// # Errors
/// When there is no randomness.
pub fn first_ring(now: Timestamp) -> Result<(PublicRing, PrivateRing)> {
    let (current, next) = (make(now)?, make(now)?);
    let public = PublicRing {
        version: 1,
        current: current.kid.clone(),
        next: next.kid.clone(),
        keys: [(current.kid.clone(), current.public), (next.kid.clone(), next.public)].into(),
    };
    let private = PrivateRing { version: 1, keys: [(current.kid, current.pem), (next.kid, next.pem)].into() };
    Ok((public, private))
}

/// A new key; its `kid` is its thumbprint (RFC 7638).
struct NewKey {
    kid: String,
    public: PublicKey,
    pem: String,
}

fn make(now: Timestamp) -> Result<NewKey> {
    let pair = KeyPair::generate(KeySize::Rsa3072).map_err(unusable)?;
    let der: Pkcs8V1Der<'_> = pair.as_der().map_err(unusable)?;
    let pem = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        BASE64_STANDARD.encode(der.as_ref())
    );
    let public = pair.public_key();
    let public = PublicKey {
        n: BASE64_URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero()),
        e: BASE64_URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero()),
        published_at: rfc3339(now),
    };
    let kid = jwk("", &public)?.thumbprint(ThumbprintHash::SHA256).map_err(unusable)?;
    Ok(NewKey { kid, public, pem })
}

fn jwk(kid: &str, key: &PublicKey) -> Result<Jwk> {
    let verifier = DecodingKey::from_rsa_components(&key.n, &key.e).map_err(unusable)?;
    let mut jwk = Jwk::from_decoding_key(&verifier, Some(Algorithm::RS256)).map_err(unusable)?;
    jwk.common.key_id = Some(kid.to_owned());
    jwk.common.key_algorithm = Some(KeyAlgorithm::RS256);
    jwk.common.public_key_use = Some(PublicKeyUse::Signature);
    Ok(jwk)
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|panicked| Error::Internal(panicked.into()))
}

fn unusable(why: impl Into<crate::error::Cause>) -> Error {
    Error::Internal(why.into())
}
