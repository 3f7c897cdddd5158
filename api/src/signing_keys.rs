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
use crate::store::key_ring::{PrivateKeyRing, PublicKeyRing};
use crate::web::error::{Cause, Error, Result};
use crate::web::extract::Json;

mod generate;
pub mod rotation;

/// How long a ring that was read is taken for the current one.
const MAX_SNAPSHOT_AGE: SignedDuration = SignedDuration::from_secs(60);

/// A ring younger than this is not read again for a `kid` that is not in it.
const UNKNOWN_KID_SNAPSHOT_AGE: SignedDuration = SignedDuration::from_secs(5);

/// How long a request waits for a rotation that it has begun, and that goes on without it.
const ROTATION_WAIT: Duration = Duration::from_secs(2);

/// How long others may keep our documents: far less than a key is published before it signs.
const DOCUMENT_CACHE_CONTROL: &str = "public, max-age=300";

/// The key ring, as this process last read it.
pub struct KeyRing {
    store: Store,
    clock: Clock,
    can_sign: bool,
    snapshot: watch::Sender<Arc<Snapshot>>,
    read_lock: Mutex<()>,
    rotation_lock: Arc<Mutex<()>>,
}

/// A key ring, ready to use.
#[derive(Clone)]
struct Snapshot {
    read_at: Timestamp,
    signer: Option<(String, EncodingKey)>,
    verifiers: BTreeMap<String, DecodingKey>,
    jwks: JwkSet,
    is_rotation_due: bool,
}

impl KeyRing {
    /// Reads the ring, makes the first one if there is none, and does what is due.
    ///
    /// # Errors
    /// When the database doesn't answer.
    pub async fn open(store: Store, clock: Clock) -> Result<Self> {
        let stored = match store.key_ring().await? {
            Some(stored) => stored,
            None => {
                // Whoever was faster has made the ring; ours is forgotten then.
                rotation::create_first(&store, clock.now()).await?;
                store.key_ring().await?.ok_or_else(|| unusable("there is no ring"))?
            }
        };
        let snapshot = Snapshot::of(&stored.0, Some(&stored.1), clock.now())?;
        let keys = Self::with(store, clock, snapshot);
        keys.rotate_if_due().await;
        Ok(keys)
    }

    /// Reads the public half of the ring only: enough to check tokens, and all that the authorizer
    /// may read.
    ///
    /// # Errors
    /// When the database doesn't answer, or there is no ring yet.
    pub async fn open_public(store: Store, clock: Clock) -> Result<Self> {
        let snapshot = read_snapshot(&store, false, clock.now()).await?;
        Ok(Self::with(store, clock, snapshot))
    }

    fn with(store: Store, clock: Clock, snapshot: Snapshot) -> Self {
        let can_sign = snapshot.signer.is_some();
        let (snapshot, _) = watch::channel(Arc::new(snapshot));
        Self { store, clock, can_sign, snapshot, read_lock: Mutex::default(), rotation_lock: Arc::default() }
    }

    /// What signs, and the `kid` that names it.
    ///
    /// # Errors
    /// When the ring is not fresh and the database doesn't answer, or only its public half was
    /// opened.
    pub async fn signer(&self) -> Result<(String, EncodingKey)> {
        self.current().await?.signer.clone().ok_or_else(|| unusable("only the public ring was opened"))
    }

    /// What checks the tokens of this `kid`, if it is one of ours.
    ///
    /// # Errors
    /// When the ring is not fresh and the database doesn't answer.
    pub async fn verifier(&self, kid: &str) -> Result<Option<DecodingKey>> {
        if let Some(verifier) = self.current().await?.verifiers.get(kid) {
            return Ok(Some(verifier.clone()));
        }
        // Another process may have changed the keys this very minute, and signed with a new one.
        Ok(self.snapshot_younger_than(UNKNOWN_KID_SNAPSHOT_AGE).await?.verifiers.get(kid).cloned())
    }

    async fn current(&self) -> Result<Arc<Snapshot>> {
        self.snapshot_younger_than(MAX_SNAPSHOT_AGE).await?;
        self.rotate_if_due().await;
        Ok(self.snapshot.borrow().clone())
    }

    async fn snapshot_younger_than(&self, age: SignedDuration) -> Result<Arc<Snapshot>> {
        let known = || {
            let snapshot = self.snapshot.borrow().clone();
            (self.clock.now().duration_since(snapshot.read_at) < age).then_some(snapshot)
        };
        if let Some(snapshot) = known() {
            return Ok(snapshot);
        }
        // One reads, the others wait for what it finds.
        let _turn = self.read_lock.lock().await;
        if let Some(snapshot) = known() {
            return Ok(snapshot);
        }
        let snapshot = Arc::new(read_snapshot(&self.store, self.can_sign, self.clock.now()).await?);
        self.snapshot.send_replace(snapshot.clone());
        Ok(snapshot)
    }

    /// Does what is due, once for each ring that was read. Should it fail, the keys that are there
    /// go on.
    async fn rotate_if_due(&self) {
        if !self.snapshot.borrow().is_rotation_due {
            return;
        }
        let Ok(turn) = self.rotation_lock.clone().try_lock_owned() else { return };
        self.snapshot.send_modify(|snapshot| {
            *snapshot = Arc::new(Snapshot { is_rotation_due: false, ..Snapshot::clone(snapshot) })
        });
        let (store, clock, can_sign) = (self.store.clone(), self.clock.clone(), self.can_sign);
        let snapshot = self.snapshot.clone();
        // A task of its own: making a key may take longer than a request should.
        let rotation = tokio::spawn(async move {
            let _turn = turn;
            let rotated = async {
                rotation::rotate(&store, clock.now()).await?;
                read_snapshot(&store, can_sign, clock.now()).await
            };
            match rotated.await {
                Ok(rotated) => _ = snapshot.send_replace(Arc::new(rotated)),
                Err(error) => tracing::warn!(cause = %error.chain(), "the keys were not rotated"),
            }
        });
        let _ = tokio::time::timeout(ROTATION_WAIT, rotation).await;
    }
}

/// `GET /.well-known/jwks.json`: RFC 7517, section 5.
pub async fn jwks(State(state): State<AppState>) -> Result<impl IntoResponse> {
    let snapshot = state.key_ring.current().await?;
    Ok(([(CACHE_CONTROL, DOCUMENT_CACHE_CONTROL)], Json(snapshot.jwks.clone())))
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
    Ok::<_, Error>(([(CACHE_CONTROL, DOCUMENT_CACHE_CONTROL)], Json(document)))
}

/// The first ring of all, for whoever stores it without [`KeyRing`]. Blocks.
///
/// # Errors
/// When there is no randomness.
pub fn first_key_ring(now: Timestamp) -> Result<(PublicKeyRing, PrivateKeyRing)> {
    rotation::new_key_ring(1, vec![generate::key(now)?, generate::key(now)?], now)
}

async fn read_snapshot(store: &Store, can_sign: bool, now: Timestamp) -> Result<Snapshot> {
    if can_sign {
        let (public, private) = store.key_ring().await?.ok_or_else(|| unusable("there is no ring"))?;
        Snapshot::of(&public, Some(&private), now)
    } else {
        let public = store.public_key_ring().await?.ok_or_else(|| unusable("there is no public ring"))?;
        Snapshot::of(&public, None, now)
    }
}

impl Snapshot {
    fn of(public: &PublicKeyRing, private: Option<&PrivateKeyRing>, now: Timestamp) -> Result<Self> {
        let signer = private.map(|private| signer(public, private)).transpose()?;
        let is_rotation_due = signer.is_some() && rotation::due_change(public, now).is_some();
        let (mut verifiers, mut keys) = (BTreeMap::new(), Vec::new());
        for (kid, key) in &public.keys {
            if rotation::state(public, kid, now) == rotation::State::Dead {
                continue;
            }
            let verifier = DecodingKey::from_rsa_components(&key.n, &key.e).map_err(unusable)?;
            verifiers.insert(kid.clone(), verifier);
            keys.push(generate::jwk(kid, key)?);
        }
        Ok(Self { read_at: now, signer, verifiers, jwks: JwkSet { keys }, is_rotation_due })
    }
}

fn signer(public: &PublicKeyRing, private: &PrivateKeyRing) -> Result<(String, EncodingKey)> {
    let pem =
        private.keys.get(&public.current).ok_or_else(|| unusable("the current key has no private half"))?;
    let key = EncodingKey::from_rsa_pem(pem.as_bytes()).map_err(unusable)?;
    Ok((public.current.clone(), key))
}

fn unusable(why: impl Into<Cause>) -> Error {
    Error::Internal(why.into())
}
