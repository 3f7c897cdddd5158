//! Callers who come with a token of the trusted issuer. Here they have a user and nothing else: no
//! password and no session. Whoever comes for the first time gets one, without asking.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use shared::users::DisplayName;

use crate::AppState;
use crate::auth::caller::{Caller, Claims};
use crate::external::jwks_cache::JwksCache;
use crate::external::token;
use crate::external::token::Claims as ExternalClaims;
use crate::store::external_identities::{ExternalIdentity, IdentityStatus};
use crate::store::users::User;
use crate::web::error::{Error, Result};

/// How often somebody new is looked for again whom another request is just adding.
const MAX_ATTEMPTS: u32 = 3;

/// The caller of this token, whose user is made if there is none.
///
/// # Errors
/// `SessionEnded` where the token is not valid or its user was deleted; `IssuerUnavailable`.
pub(crate) async fn log_in(state: &AppState, cache: &Arc<JwksCache>, token: &str) -> Result<Caller> {
    let claims = token::verify(cache, token, state.clock.now()).await?;
    let identity = ExternalIdentity::new(&claims.iss, &claims.sub);
    for _ in 0..MAX_ATTEMPTS {
        match state.store.find_external_user(&identity).await? {
            IdentityStatus::Known(user) => return Ok(caller(user, claims)),
            IdentityStatus::Deleted => return Err(Error::SessionEnded),
            IdentityStatus::New => {
                let user = new_user(state, &identity, &claims);
                if state.store.create_external_user(&identity, &user).await? {
                    return Ok(caller(user, claims));
                }
            }
        }
    }
    Err(Error::SessionEnded)
}

/// The caller of this token, who may be new: nothing is written.
///
/// # Errors
/// As [`log_in`].
pub(crate) async fn identify(state: &AppState, cache: &Arc<JwksCache>, token: &str) -> Result<Caller> {
    let claims = token::verify(cache, token, state.clock.now()).await?;
    let identity = ExternalIdentity::new(&claims.iss, &claims.sub);
    match state.store.find_external_user(&identity).await? {
        IdentityStatus::Known(user) => Ok(caller(user, claims)),
        IdentityStatus::New => Ok(caller(new_user(state, &identity, &claims), claims)),
        IdentityStatus::Deleted => Err(Error::SessionEnded),
    }
}

fn new_user(state: &AppState, identity: &ExternalIdentity, claims: &ExternalClaims) -> User {
    let username = identity.username();
    let name = claims.name.as_ref().and_then(Value::as_str).and_then(|name| DisplayName::parse(name).ok());
    User {
        name: name.map_or_else(|| username.clone(), |name| name.as_str().to_owned()),
        username,
        password_hash: None,
        generation: 1,
        created_at: state.clock.now(),
        known_devices: BTreeMap::new(),
    }
}

fn caller(user: User, claims: ExternalClaims) -> Caller {
    Caller { user, session: None, claims: Claims::External(claims) }
}
