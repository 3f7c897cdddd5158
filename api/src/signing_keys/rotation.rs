//! When the keys change, and how. A change is one transaction on the ring's version: of many
//! processes that attempt it at once, one does it, and the others find it done.

use jiff::{SignedDuration, Timestamp};

use crate::signing_keys::generate::NewKey;
use crate::signing_keys::{generate, unusable};
use crate::store::Store;
use crate::store::key_ring::{PrivateKeyRing, PublicKey, PublicKeyRing};
use crate::web::error::{Error, Result};

/// How long a key signs.
const SIGNING_PERIOD: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long a key must have been published before it signs by itself: whoever keeps our documents
/// has it by then. API Gateway keeps them for two hours ("Control access to HTTP APIs with JWT
/// authorizers", Amazon API Gateway Developer Guide).
const MIN_PUBLICATION_PERIOD: SignedDuration = SignedDuration::from_hours(24);

/// How long a key counts after it has signed: the ten minutes of its last token, the minute in which
/// others did not know yet, and some.
const RETIREMENT_PERIOD: SignedDuration = SignedDuration::from_mins(15);

/// How often a change is tried again that somebody else got ahead of.
const MAX_ATTEMPTS: usize = 5;

/// What can be done to a ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The next key signs from now on, and there is a new next one.
    Promote,
    /// Old keys whose last token has died are taken out.
    RemoveExpired,
    /// Every key is replaced by a new one, at once: what the old ones signed counts no more.
    ReplaceAll,
}

/// What becomes of a key in its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It signs.
    Current,
    /// It is published, and will sign next.
    Next,
    /// It signs no more; its last tokens still count.
    Old,
    /// It counts no more.
    Dead,
}

/// What a key is at this time.
pub fn state(ring: &PublicKeyRing, kid: &str, now: Timestamp) -> State {
    if kid == ring.current {
        return State::Current;
    }
    if kid == ring.next {
        return State::Next;
    }
    let retired_at = ring.keys.get(kid).and_then(|key| key.retired_at);
    match retired_at {
        Some(retired_at) if now.duration_since(retired_at) < RETIREMENT_PERIOD => State::Old,
        _ => State::Dead,
    }
}

/// When this key began to sign; for one that never did, when it was published.
pub fn since(key: &PublicKey) -> Timestamp {
    key.signs_from.unwrap_or(key.published_at)
}

/// What is due by itself, if anything.
pub(super) fn due_change(ring: &PublicKeyRing, now: Timestamp) -> Option<Change> {
    let is_past = |kid: &str, span, from: fn(&PublicKey) -> Timestamp| {
        ring.keys.get(kid).is_some_and(|key| now.duration_since(from(key)) >= span)
    };
    if is_past(&ring.current, SIGNING_PERIOD, since)
        && is_past(&ring.next, MIN_PUBLICATION_PERIOD, |key| key.published_at)
    {
        return Some(Change::Promote);
    }
    ring.keys.keys().any(|kid| state(ring, kid, now) == State::Dead).then_some(Change::RemoveExpired)
}

/// The first ring of all, if there is none. Says whether it was made here.
///
/// # Errors
/// When the database doesn't answer.
pub(super) async fn create_first(store: &Store, now: Timestamp) -> Result<bool> {
    let keys = generate::keys(2, now).await?;
    let (public, private) = new_key_ring(1, keys, now)?;
    store.create_key_ring(&public, &private).await
}

/// Does what is due, unless somebody has done it. Says whether anything was changed.
///
/// # Errors
/// When the database doesn't answer.
pub(super) async fn rotate(store: &Store, now: Timestamp) -> Result<bool> {
    let (public, private) = store.key_ring().await?.ok_or_else(|| unusable("there is no ring"))?;
    match due_change(&public, now) {
        Some(apply) => attempt(store, apply, public, private, now).await,
        None => Ok(false),
    }
}

/// Changes the ring, whether or not that is due.
///
/// # Errors
/// When the database doesn't answer, there is no ring, or others change it all the time.
pub async fn apply(store: &Store, apply: Change, now: Timestamp) -> Result<()> {
    for _ in 0..MAX_ATTEMPTS {
        let (public, private) = store.key_ring().await?.ok_or_else(|| unusable("there is no ring yet"))?;
        if attempt(store, apply, public, private, now).await? {
            return Ok(());
        }
    }
    Err(Error::Busy)
}

async fn attempt(
    store: &Store,
    apply: Change,
    public: PublicKeyRing,
    private: PrivateKeyRing,
    now: Timestamp,
) -> Result<bool> {
    let version = public.version;
    let (public, private) = match apply {
        Change::Promote => promote(public, private, generate::keys(1, now).await?, now)?,
        Change::RemoveExpired => {
            (without_expired(PublicKeyRing { version: version + 1, ..public }, now), private)
        }
        Change::ReplaceAll => new_key_ring(version + 1, generate::keys(2, now).await?, now)?,
    };
    store.replace_key_ring(version, &public, &PrivateKeyRing { version: public.version, ..private }).await
}

/// A ring of two keys: one to sign now, one to sign next.
pub(super) fn new_key_ring(
    version: u64,
    keys: Vec<NewKey>,
    now: Timestamp,
) -> Result<(PublicKeyRing, PrivateKeyRing)> {
    let [mut current, next] = <[NewKey; 2]>::try_from(keys).map_err(|_| unusable("a ring has two keys"))?;
    current.public.signs_from = Some(now);
    let public = PublicKeyRing {
        version,
        current: current.kid.clone(),
        next: next.kid.clone(),
        keys: [(current.kid.clone(), current.public), (next.kid.clone(), next.public)].into(),
    };
    let private = PrivateKeyRing { version, keys: [(current.kid, current.pem), (next.kid, next.pem)].into() };
    Ok((public, private))
}

/// What can't sign any more has no private half any more.
fn promote(
    mut public: PublicKeyRing,
    mut private: PrivateKeyRing,
    keys: Vec<NewKey>,
    now: Timestamp,
) -> Result<(PublicKeyRing, PrivateKeyRing)> {
    let [new] = <[NewKey; 1]>::try_from(keys).map_err(|_| unusable("one key takes over"))?;
    if let Some(old) = public.keys.get_mut(&public.current) {
        old.retired_at = Some(now);
    }
    if let Some(current) = public.keys.get_mut(&public.next) {
        current.signs_from = Some(now);
    }
    public.version += 1;
    public.current = std::mem::replace(&mut public.next, new.kid.clone());
    public.keys.insert(new.kid.clone(), new.public);
    private.keys.retain(|kid, _| *kid == public.current);
    private.keys.insert(new.kid, new.pem);
    Ok((without_expired(public, now), private))
}

fn without_expired(mut ring: PublicKeyRing, now: Timestamp) -> PublicKeyRing {
    let dead: Vec<String> =
        ring.keys.keys().filter(|kid| state(&ring, kid, now) == State::Dead).cloned().collect();
    ring.keys.retain(|kid, _| !dead.contains(kid));
    ring
}
