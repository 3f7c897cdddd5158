//! The keys that sign tokens: they make themselves, take turns, live in the table, and show their
//! public halves at the `.well-known` addresses. There is nothing to copy, lose or commit.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::IntoResponse;
use http::header::CACHE_CONTROL;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{DecodingKey, EncodingKey};
use serde_json::json;
use tokio::sync::{Mutex, watch};

use crate::AppState;
use crate::clock::Clock;
use crate::store::Store;
use crate::store::key_ring::{PrivateRing, PublicRing};
use crate::web::error::{Cause, Error, Result};
use crate::web::extract::Json;

mod generate;
pub mod rotation;

/// How long a ring that was read is taken for the current one.
const FRESH: SignedDuration = SignedDuration::from_secs(60);

/// A ring younger than this is not read again for a `kid` that is not in it.
const RECENT: SignedDuration = SignedDuration::from_secs(5);

/// How long a request waits for a rotation that it has begun, and that goes on without it.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long others may keep our documents: far less than a key is published before it signs.
const CACHEABLE: &str = "public, max-age=300";

/// The key ring, as this process last read it.
pub struct Keys {
    store: Store,
    clock: Clock,
    signs: bool,
    ring: watch::Sender<Arc<Ring>>,
    reading: Mutex<()>,
    rotating: Arc<Mutex<()>>,
}

/// A key ring, ready to use.
#[derive(Clone)]
struct Ring {
    read_at: Timestamp,
    signer: Option<(String, EncodingKey)>,
    verifiers: BTreeMap<String, DecodingKey>,
    jwks: JwkSet,
    due: bool,
}

impl Keys {
    /// Reads the ring, makes the first one if there is none, and does what is due.
    ///
    /// # Errors
    /// When the database doesn't answer.
    pub async fn open(store: Store, clock: Clock) -> Result<Self> {
        let stored = match store.ring().await? {
            Some(stored) => stored,
            None => {
                // Whoever was faster has made the ring; ours is forgotten then.
                rotation::begin(&store, clock.now()).await?;
                store.ring().await?.ok_or_else(|| unusable("there is no ring"))?
            }
        };
        let ring = Ring::of(&stored.0, Some(&stored.1), clock.now())?;
        let keys = Self::with(store, clock, ring);
        keys.rotate_if_due().await;
        Ok(keys)
    }

    /// Reads the public half of the ring only: enough to check tokens, and all that the authorizer
    /// may read.
    ///
    /// # Errors
    /// When the database doesn't answer, or there is no ring yet.
    pub async fn open_public(store: Store, clock: Clock) -> Result<Self> {
        let ring = read(&store, false, clock.now()).await?;
        Ok(Self::with(store, clock, ring))
    }

    fn with(store: Store, clock: Clock, ring: Ring) -> Self {
        let signs = ring.signer.is_some();
        let (ring, _) = watch::channel(Arc::new(ring));
        Self { store, clock, signs, ring, reading: Mutex::default(), rotating: Arc::default() }
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
        if let Some(verifier) = self.fresh().await?.verifiers.get(kid) {
            return Ok(Some(verifier.clone()));
        }
        // Another process may have changed the keys this very minute, and signed with a new one.
        Ok(self.younger_than(RECENT).await?.verifiers.get(kid).cloned())
    }

    async fn fresh(&self) -> Result<Arc<Ring>> {
        self.younger_than(FRESH).await?;
        self.rotate_if_due().await;
        Ok(self.ring.borrow().clone())
    }

    async fn younger_than(&self, age: SignedDuration) -> Result<Arc<Ring>> {
        let known = || {
            let ring = self.ring.borrow().clone();
            (self.clock.now().duration_since(ring.read_at) < age).then_some(ring)
        };
        if let Some(ring) = known() {
            return Ok(ring);
        }
        // One reads, the others wait for what it finds.
        let _turn = self.reading.lock().await;
        if let Some(ring) = known() {
            return Ok(ring);
        }
        let ring = Arc::new(read(&self.store, self.signs, self.clock.now()).await?);
        self.ring.send_replace(ring.clone());
        Ok(ring)
    }

    /// Does what is due, once for each ring that was read. Should it fail, the keys that are there
    /// go on.
    async fn rotate_if_due(&self) {
        if !self.ring.borrow().due {
            return;
        }
        let Ok(turn) = self.rotating.clone().try_lock_owned() else { return };
        self.ring.send_modify(|ring| *ring = Arc::new(Ring { due: false, ..Ring::clone(ring) }));
        let (store, clock, signs) = (self.store.clone(), self.clock.clone(), self.signs);
        let ring = self.ring.clone();
        // A task of its own: making a key may take longer than a request should.
        let rotation = tokio::spawn(async move {
            let _turn = turn;
            let rotated = async {
                rotation::advance(&store, clock.now()).await?;
                read(&store, signs, clock.now()).await
            };
            match rotated.await {
                Ok(rotated) => _ = ring.send_replace(Arc::new(rotated)),
                Err(error) => tracing::warn!(cause = %error.chain(), "the keys were not rotated"),
            }
        });
        let _ = tokio::time::timeout(PATIENCE, rotation).await;
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

/// The first ring of all, for whoever stores it without [`Keys`]. Blocks.
///
/// # Errors
/// When there is no randomness.
pub fn first_ring(now: Timestamp) -> Result<(PublicRing, PrivateRing)> {
    rotation::new_ring(1, vec![generate::key(now)?, generate::key(now)?], now)
}

async fn read(store: &Store, signs: bool, now: Timestamp) -> Result<Ring> {
    if signs {
        let (public, private) = store.ring().await?.ok_or_else(|| unusable("there is no ring"))?;
        Ring::of(&public, Some(&private), now)
    } else {
        let public = store.public_ring().await?.ok_or_else(|| unusable("there is no public ring"))?;
        Ring::of(&public, None, now)
    }
}

impl Ring {
    fn of(public: &PublicRing, private: Option<&PrivateRing>, now: Timestamp) -> Result<Self> {
        let signer = private.map(|private| signer(public, private)).transpose()?;
        let due = signer.is_some() && rotation::due(public, now).is_some();
        let (mut verifiers, mut keys) = (BTreeMap::new(), Vec::new());
        for (kid, key) in &public.keys {
            if rotation::state(public, kid, now) == rotation::State::Dead {
                continue;
            }
            let verifier = DecodingKey::from_rsa_components(&key.n, &key.e).map_err(unusable)?;
            verifiers.insert(kid.clone(), verifier);
            keys.push(generate::jwk(kid, key)?);
        }
        Ok(Self { read_at: now, signer, verifiers, jwks: JwkSet { keys }, due })
    }
}

fn signer(public: &PublicRing, private: &PrivateRing) -> Result<(String, EncodingKey)> {
    let pem =
        private.keys.get(&public.current).ok_or_else(|| unusable("the current key has no private half"))?;
    let key = EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(unusable)?;
    Ok((public.current.clone(), key))
}

fn unusable(why: impl Into<Cause>) -> Error {
    Error::Internal(why.into())
}
