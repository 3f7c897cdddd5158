//! The published keys, the removal of an expired key, and the check of an access token by the authorizer.

use futures_util::future::BoxFuture;
use jiff::SignedDuration;

use super::sessions::wait;
use super::{Effect, Operation};
use crate::faults::api_request::ApiRequest;
use crate::faults::world::World;
use crate::support::key_ring::test_key_ring;

/// 61 seconds: longer than a process uses a snapshot of the key ring.
const LONGER_THAN_MAX_SNAPSHOT_AGE: SignedDuration = SignedDuration::from_secs(61);

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::request("published keys", 200, |_| jwks()).after(outdate_snapshots),
        Operation::request("refresh if a key has expired", 200, |world| {
            ApiRequest::new("POST", "/api/token").with("cookie", &world.ann.cookie)
        })
        .after(expire_key)
        .with_effect(Effect::Deferrable),
        Operation::request("profile with an old snapshot of the keys", 200, |world| {
            ApiRequest::new("GET", "/api/me").by(&world.ann)
        })
        .after(outdate_snapshots),
        Operation::authorize("authorizer", 200, |world| &world.ann.token),
        Operation::authorize("authorizer with an ended session", 401, |world| &world.ended.token),
        Operation::authorize("authorizer with an old snapshot of the keys", 200, |world| &world.ann.token)
            .after(outdate_snapshots),
    ]
}

fn jwks() -> ApiRequest {
    ApiRequest::new("GET", "/.well-known/jwks.json")
}

fn outdate_snapshots(world: &World) -> BoxFuture<'_, ()> {
    wait(world, LONGER_THAN_MAX_SNAPSHOT_AGE)
}

/// Adds a retired key that has expired.
pub fn expire_key(world: &World) -> BoxFuture<'_, ()> {
    Box::pin(async {
        let (mut public, mut private) = test_key_ring().clone();
        let mut retired = public.keys[&public.next].clone();
        retired.retired_at = Some(world.state.clock.now() - SignedDuration::from_mins(20));
        public.keys.insert("retired".to_owned(), retired);
        (public.version, private.version) = (2, 2);
        assert!(world.store.replace_key_ring(1, &public, &private).await.unwrap());
        outdate_snapshots(world).await;
    })
}
