//! The key ring of a process: reads and caches the stored key ring, and starts its creation and rotation.
//!
//! Generating keys takes seconds. Only requests that sign a token wait for it. The documents with the public keys never
//! do, because API Gateway waits at most 1.5 seconds for them.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{DecodingKey, EncodingKey};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::signing_keys::rotation;
use crate::signing_keys::snapshot::{Access, Snapshot};
use crate::store::Store;
use crate::web::error::{Error, Result};

/// Maximum age of a snapshot before the key ring is read again: 1 minute.
const MAX_SNAPSHOT_AGE: SignedDuration = SignedDuration::from_secs(60);

/// Maximum age of a snapshot that does not contain the `kid` of a token: 5 seconds. Limits the reads that forged tokens
/// can cause.
const UNKNOWN_KID_MAX_SNAPSHOT_AGE: SignedDuration = SignedDuration::from_secs(5);

/// How long a request waits for the rotation that it starts: 2 seconds. The rotation continues afterwards.
const MAX_ROTATION_WAIT: Duration = Duration::from_secs(2);

/// How long a request that signs a token waits for the first keys: 9 seconds, less than the deadline of a response
/// (`web::deadline`). Generating the keys continues afterwards.
const MAX_CREATION_WAIT: Duration = Duration::from_secs(9);

/// How long a request for the public keys waits for the database: 1 second.
const MAX_JWKS_WAIT: Duration = Duration::from_secs(1);

/// The key ring, as this process last read it. Cheap to clone.
#[derive(Clone)]
pub struct KeyRing {
    store: Store,
    clock: Clock,
    access: Access,
    /// `None` before the first read, and while no key ring is stored.
    snapshot: watch::Sender<Option<Arc<Snapshot>>>,
    read_lock: Arc<Mutex<()>>,
    change_lock: Arc<Mutex<()>>,
}

impl KeyRing {
    /// Returns a key ring to sign and verify tokens. The first request that needs the keys creates it if there is none.
    /// A request that signs a token rotates it if that is due. Does not use the database.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self::with_access(Access::SignAndVerify, store, clock)
    }

    /// Returns a key ring to verify tokens only. It reads the public half only, because the authorizer has no
    /// permission to read the private one. Does not use the database.
    pub fn public(store: Store, clock: Clock) -> Self {
        Self::with_access(Access::VerifyOnly, store, clock)
    }

    fn with_access(access: Access, store: Store, clock: Clock) -> Self {
        let (snapshot, _) = watch::channel(None);
        Self { store, clock, access, snapshot, read_lock: Arc::default(), change_lock: Arc::default() }
    }

    /// Starts to read the key ring, so that the first request does not have to wait for it. Starts to create it if
    /// there is none. Ignores errors, because the first request that needs the keys reports them.
    pub fn preload(&self) {
        let key_ring = self.clone();
        tokio::spawn(async move { key_ring.jwks().await });
    }

    /// Returns the `kid` and the private half of the current key, which signs new tokens. Creates the key ring if there
    /// is none.
    ///
    /// # Errors
    /// `Unavailable` if the snapshot is too old and the database does not respond; `NoSigningKey` if creating the key
    /// ring takes too long; `Internal` for a key ring that only verifies tokens.
    pub async fn signer(&self) -> Result<(String, EncodingKey)> {
        if let Access::VerifyOnly = self.access {
            return Err(Error::internal("this key ring only verifies tokens"));
        }
        if self.snapshot_younger_than(MAX_SNAPSHOT_AGE).await?.is_none() {
            let creation = async { self.start_creation(self.change_lock.clone().lock_owned().await).await };
            let created = tokio::time::timeout(MAX_CREATION_WAIT, creation).await;
            created.map_err(|_| Error::NoSigningKey)?.map_err(Error::internal)??;
        }
        self.rotate_if_due().await;
        self.snapshot
            .borrow()
            .as_ref()
            .and_then(|snapshot| snapshot.signer.clone())
            .ok_or(Error::NoSigningKey)
    }

    /// Returns the public key that verifies tokens with this `kid`, or `None` if the key ring does not contain it.
    ///
    /// # Errors
    /// `Unavailable` if the snapshot is too old and the database does not respond.
    pub async fn verifier(&self, kid: &str) -> Result<Option<DecodingKey>> {
        let find = |snapshot: Option<Arc<Snapshot>>| snapshot?.verifiers.get(kid).cloned();
        if let Some(verifier) = find(self.snapshot_younger_than(MAX_SNAPSHOT_AGE).await?) {
            return Ok(Some(verifier));
        }
        // Another process may have replaced the keys since the snapshot, and signed the token with a new one.
        Ok(find(self.snapshot_younger_than(UNKNOWN_KID_MAX_SNAPSHOT_AGE).await?))
    }

    /// Returns the public keys as a JWK Set. If there is no key ring, starts to create it and does not wait.
    ///
    /// # Errors
    /// `NoSigningKey` if there is no key ring; `Unavailable` if the database does not respond within a second.
    pub async fn jwks(&self) -> Result<JwkSet> {
        let read = tokio::time::timeout(MAX_JWKS_WAIT, self.snapshot_younger_than(MAX_SNAPSHOT_AGE)).await;
        match read.map_err(Error::unavailable)?? {
            Some(snapshot) => Ok(snapshot.jwks.clone()),
            None => {
                // Starts before the first sign-up, because on AWS the gateway's authorizer can be created only once
                // the keys are published.
                if let (Access::SignAndVerify, Ok(guard)) =
                    (self.access, self.change_lock.clone().try_lock_owned())
                {
                    self.start_creation(guard);
                }
                Err(Error::NoSigningKey)
            }
        }
    }

    /// Returns the snapshot, and reads it again if it is too old. Returns `None` if no key ring is stored.
    async fn snapshot_younger_than(&self, max_age: SignedDuration) -> Result<Option<Arc<Snapshot>>> {
        let cached = || {
            let snapshot = self.snapshot.borrow().clone()?;
            (self.clock.now().duration_since(snapshot.read_at) < max_age).then_some(snapshot)
        };
        if let Some(snapshot) = cached() {
            return Ok(Some(snapshot));
        }
        // One task reads the key ring. The others wait for the lock and use the new snapshot.
        let _guard = self.read_lock.lock().await;
        if let Some(snapshot) = cached() {
            return Ok(Some(snapshot));
        }
        self.read().await
    }

    async fn read(&self) -> Result<Option<Arc<Snapshot>>> {
        let snapshot = Snapshot::read(&self.store, self.access, self.clock.now()).await?.map(Arc::new);
        self.snapshot.send_replace(snapshot.clone());
        Ok(snapshot)
    }

    /// Creates the key ring, unless another task or process has created it. Runs in its own task, because generating
    /// keys may take longer than a request should wait.
    fn start_creation(&self, guard: OwnedMutexGuard<()>) -> JoinHandle<Result<()>> {
        let key_ring = self.clone();
        tokio::spawn(async move {
            let _guard = guard;
            if key_ring.read().await?.is_none() {
                rotation::create_key_ring(&key_ring.store, key_ring.clock.now()).await?;
                key_ring.read().await?;
            }
            Ok(())
        })
    }

    /// Rotates the keys if that is due, at most once per snapshot. If the rotation fails, the current keys stay in use.
    async fn rotate_if_due(&self) {
        let is_due =
            |snapshot: &Option<Arc<Snapshot>>| snapshot.as_ref().is_some_and(|it| it.is_rotation_due);
        if !is_due(&self.snapshot.borrow()) {
            return;
        }
        let Ok(guard) = self.change_lock.clone().try_lock_owned() else { return };
        self.snapshot.send_modify(|snapshot| {
            *snapshot = snapshot
                .as_ref()
                .map(|it| Arc::new(Snapshot { is_rotation_due: false, ..Snapshot::clone(it) }));
        });
        let key_ring = self.clone();
        // Runs in its own task, because generating a key may take longer than a request should wait.
        let rotation = tokio::spawn(async move {
            let _guard = guard;
            let rotated = async {
                rotation::rotate(&key_ring.store, key_ring.clock.now()).await?;
                key_ring.read().await
            };
            if let Err(error) = rotated.await {
                tracing::warn!(cause = %error.chain(), "cannot rotate the signing keys");
            }
        });
        let _ = tokio::time::timeout(MAX_ROTATION_WAIT, rotation).await;
    }
}
