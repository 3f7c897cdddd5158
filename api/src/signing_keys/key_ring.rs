//! The key ring of a process: reads and caches the stored key ring, and starts its rotation.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{DecodingKey, EncodingKey};
use tokio::sync::{Mutex, watch};

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

/// The key ring, as this process last read it.
pub struct KeyRing {
    store: Store,
    clock: Clock,
    access: Access,
    snapshot: watch::Sender<Arc<Snapshot>>,
    read_lock: Mutex<()>,
    rotation_lock: Arc<Mutex<()>>,
}

impl KeyRing {
    /// Opens the key ring to sign and verify tokens. Creates the key ring if it does not exist, and rotates it if that
    /// is due.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond.
    pub async fn open(store: Store, clock: Clock) -> Result<Self> {
        let stored = match store.read_key_ring().await? {
            Some(stored) => Some(stored),
            None => {
                // Does nothing if another process has just created the key ring. Then this process uses that key ring.
                rotation::create_key_ring(&store, clock.now()).await?;
                store.read_key_ring().await?
            }
        };
        let (public, private) = stored.ok_or_else(|| Error::internal("the key ring does not exist"))?;
        let snapshot = Snapshot::parse(&public, Some(&private), clock.now())?;
        let key_ring = Self::new(Access::SignAndVerify, store, clock, snapshot);
        key_ring.rotate_if_due().await;
        Ok(key_ring)
    }

    /// Opens the key ring to verify tokens only. Reads the public half only, because the authorizer has no permission
    /// to read the private one.
    ///
    /// # Errors
    /// `Unavailable` if the database does not respond; `Internal` if the key ring does not exist.
    pub async fn open_public(store: Store, clock: Clock) -> Result<Self> {
        let snapshot = Snapshot::read(&store, Access::VerifyOnly, clock.now()).await?;
        Ok(Self::new(Access::VerifyOnly, store, clock, snapshot))
    }

    fn new(access: Access, store: Store, clock: Clock, snapshot: Snapshot) -> Self {
        let (snapshot, _) = watch::channel(Arc::new(snapshot));
        Self { store, clock, access, snapshot, read_lock: Mutex::default(), rotation_lock: Arc::default() }
    }

    /// Returns the `kid` and the private half of the current key, which signs new tokens.
    ///
    /// # Errors
    /// `Unavailable` if the snapshot is too old and the database does not respond; `Internal` if the key ring was
    /// opened with [`KeyRing::open_public`].
    pub async fn signer(&self) -> Result<(String, EncodingKey)> {
        let signer = self.current_snapshot().await?.signer.clone();
        signer.ok_or_else(|| Error::internal("only the public half of the key ring was opened"))
    }

    /// Returns the public key that verifies tokens with this `kid`, or `None` if the key ring does not contain it.
    ///
    /// # Errors
    /// `Unavailable` if the snapshot is too old and the database does not respond.
    pub async fn verifier(&self, kid: &str) -> Result<Option<DecodingKey>> {
        if let Some(verifier) = self.current_snapshot().await?.verifiers.get(kid) {
            return Ok(Some(verifier.clone()));
        }
        // Another process may have replaced the keys since the snapshot, and signed the token with a new one.
        let snapshot = self.snapshot_younger_than(UNKNOWN_KID_MAX_SNAPSHOT_AGE).await?;
        Ok(snapshot.verifiers.get(kid).cloned())
    }

    /// Returns the public keys as a JWK Set.
    ///
    /// # Errors
    /// As [`KeyRing::verifier`].
    pub async fn jwks(&self) -> Result<JwkSet> {
        Ok(self.current_snapshot().await?.jwks.clone())
    }

    async fn current_snapshot(&self) -> Result<Arc<Snapshot>> {
        self.snapshot_younger_than(MAX_SNAPSHOT_AGE).await?;
        self.rotate_if_due().await;
        Ok(self.snapshot.borrow().clone())
    }

    async fn snapshot_younger_than(&self, max_age: SignedDuration) -> Result<Arc<Snapshot>> {
        let cached = || {
            let snapshot = self.snapshot.borrow().clone();
            (self.clock.now().duration_since(snapshot.read_at) < max_age).then_some(snapshot)
        };
        if let Some(snapshot) = cached() {
            return Ok(snapshot);
        }
        // One task reads the key ring. The others wait for the lock and use the new snapshot.
        let _guard = self.read_lock.lock().await;
        if let Some(snapshot) = cached() {
            return Ok(snapshot);
        }
        let snapshot = Arc::new(Snapshot::read(&self.store, self.access, self.clock.now()).await?);
        self.snapshot.send_replace(snapshot.clone());
        Ok(snapshot)
    }

    /// Rotates the keys if that is due, at most once per snapshot. If the rotation fails, the current keys stay in use.
    async fn rotate_if_due(&self) {
        if !self.snapshot.borrow().is_rotation_due {
            return;
        }
        let Ok(guard) = self.rotation_lock.clone().try_lock_owned() else { return };
        self.snapshot.send_modify(|snapshot| {
            *snapshot = Arc::new(Snapshot { is_rotation_due: false, ..Snapshot::clone(snapshot) })
        });
        let (store, clock, access) = (self.store.clone(), self.clock.clone(), self.access);
        let snapshot = self.snapshot.clone();
        // Runs in its own task, because generating a key may take longer than a request should wait.
        let rotation = tokio::spawn(async move {
            let _guard = guard;
            let rotated = async {
                rotation::rotate(&store, clock.now()).await?;
                Snapshot::read(&store, access, clock.now()).await
            };
            match rotated.await {
                Ok(rotated) => _ = snapshot.send_replace(Arc::new(rotated)),
                Err(error) => tracing::warn!(cause = %error.chain(), "cannot rotate the signing keys"),
            }
        });
        let _ = tokio::time::timeout(MAX_ROTATION_WAIT, rotation).await;
    }
}
