//! Creates and changes the stored key ring.
//!
//! Each change is one transaction that requires the key ring's version to be unchanged. If several processes attempt a
//! change at once, one of them succeeds and the others find the key ring changed.

use jiff::Timestamp;

use crate::signing_keys::generate;
use crate::signing_keys::generate::NewKey;
use crate::signing_keys::rotation_schedule::{self, KeyRingChange, KeyState};
use crate::store::Store;
use crate::store::key_ring::{PrivateKeyRing, PublicKeyRing};
use crate::web::error::{Error, Result};

/// Maximum attempts of [`apply`] when other processes change the key ring at the same time.
const MAX_ATTEMPTS: usize = 5;

/// Applies a change to the key ring, even if it is not due.
///
/// # Errors
/// `Busy` if other processes win every attempt; `Internal` if the key ring does not exist; `Unavailable` if the
/// database does not respond.
pub async fn apply(store: &Store, change: KeyRingChange, now: Timestamp) -> Result<()> {
    for _ in 0..MAX_ATTEMPTS {
        let (public, private) = read_key_ring(store).await?;
        if try_apply(store, change, public, private, now).await? {
            return Ok(());
        }
    }
    Err(Error::Busy)
}

/// Returns a first key ring without storing it. Blocks the calling thread. Tests share one such key ring, because
/// generating keys is slow.
///
/// # Errors
/// `Internal` if the operating system provides no randomness.
pub fn first_key_ring(now: Timestamp) -> Result<(PublicKeyRing, PrivateKeyRing)> {
    Ok(new_key_ring(1, [generate::new_key_blocking(now)?, generate::new_key_blocking(now)?], now))
}

/// Creates and stores the first key ring. Returns false if another process has stored one.
///
/// # Errors
/// `Unavailable` if the database does not respond.
pub(super) async fn create_key_ring(store: &Store, now: Timestamp) -> Result<bool> {
    let (public, private) = new_key_ring(1, generate_two_keys(now).await?, now);
    store.create_key_ring(&public, &private).await
}

/// Applies the change that is due. Returns false if none is due or if another process has changed the key ring.
///
/// # Errors
/// `Internal` if the key ring does not exist; `Unavailable` if the database does not respond.
pub(super) async fn rotate(store: &Store, now: Timestamp) -> Result<bool> {
    let (public, private) = read_key_ring(store).await?;
    match rotation_schedule::due_change(&public, now) {
        Some(change) => try_apply(store, change, public, private, now).await,
        None => Ok(false),
    }
}

async fn read_key_ring(store: &Store) -> Result<(PublicKeyRing, PrivateKeyRing)> {
    store.read_key_ring().await?.ok_or_else(|| Error::internal("the key ring does not exist"))
}

async fn try_apply(
    store: &Store,
    change: KeyRingChange,
    public: PublicKeyRing,
    private: PrivateKeyRing,
    now: Timestamp,
) -> Result<bool> {
    let version = public.version;
    let (public, private) = match change {
        KeyRingChange::Promote => promote(public, private, generate::new_key(now).await?, now),
        KeyRingChange::RemoveExpired => {
            (without_expired(PublicKeyRing { version: version + 1, ..public }, now), private)
        }
        KeyRingChange::ReplaceAll => new_key_ring(version + 1, generate_two_keys(now).await?, now),
    };
    store.replace_key_ring(version, &public, &PrivateKeyRing { version: public.version, ..private }).await
}

async fn generate_two_keys(now: Timestamp) -> Result<[NewKey; 2]> {
    tokio::try_join!(generate::new_key(now), generate::new_key(now)).map(Into::into)
}

/// Returns a key ring of two keys: the current one and the next one.
fn new_key_ring(
    version: u64,
    [mut current, next]: [NewKey; 2],
    now: Timestamp,
) -> (PublicKeyRing, PrivateKeyRing) {
    current.public.signs_from = Some(now);
    let public = PublicKeyRing {
        version,
        current: current.kid.clone(),
        next: next.kid.clone(),
        keys: [(current.kid.clone(), current.public), (next.kid.clone(), next.public)].into(),
    };
    let private = PrivateKeyRing { version, keys: [(current.kid, current.pem), (next.kid, next.pem)].into() };
    (public, private)
}

/// Makes the next key the current one and `new` the next one. Deletes the private half of the retired key, and expired
/// keys.
fn promote(
    mut public: PublicKeyRing,
    mut private: PrivateKeyRing,
    new: NewKey,
    now: Timestamp,
) -> (PublicKeyRing, PrivateKeyRing) {
    if let Some(retired) = public.keys.get_mut(&public.current) {
        retired.retired_at = Some(now);
    }
    if let Some(current) = public.keys.get_mut(&public.next) {
        current.signs_from = Some(now);
    }
    public.version += 1;
    public.current = std::mem::replace(&mut public.next, new.kid.clone());
    public.keys.insert(new.kid.clone(), new.public);
    private.keys.retain(|kid, _| *kid == public.current);
    private.keys.insert(new.kid, new.pem);
    (without_expired(public, now), private)
}

fn without_expired(mut key_ring: PublicKeyRing, now: Timestamp) -> PublicKeyRing {
    let is_expired = |kid: &String| rotation_schedule::key_state(&key_ring, kid, now) == KeyState::Expired;
    let expired: Vec<String> = key_ring.keys.keys().filter(|kid| is_expired(kid)).cloned().collect();
    key_ring.keys.retain(|kid, _| !expired.contains(kid));
    key_ring
}
