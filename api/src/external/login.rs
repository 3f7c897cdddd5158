//! Login with an access token of the external identity provider.
//!
//! The first request of a new user creates an account. Such an account has no password and no sessions.

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

/// Maximum attempts to find or create a user when other requests create the same user at the same time.
const MAX_ATTEMPTS: u32 = 3;

/// Returns the caller of a request with this token. Creates the account of a new user.
///
/// # Errors
/// `SessionEnded` if the token is invalid or its account was deleted; `IssuerUnavailable` if the provider does not
/// respond.
pub(crate) async fn log_in(state: &AppState, jwks: &Arc<JwksCache>, token: &str) -> Result<Caller> {
    let claims = token::verify(jwks, token, state.clock.now()).await?;
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

/// Returns the caller of a request with this token, without creating an account.
///
/// # Errors
/// As [`log_in`].
pub(crate) async fn identify(state: &AppState, jwks: &Arc<JwksCache>, token: &str) -> Result<Caller> {
    let claims = token::verify(jwks, token, state.clock.now()).await?;
    let identity = ExternalIdentity::new(&claims.iss, &claims.sub);
    match state.store.find_external_user(&identity).await? {
        IdentityStatus::Known(user) => Ok(caller(user, claims)),
        IdentityStatus::New => Ok(caller(new_user(state, &identity, &claims), claims)),
        IdentityStatus::Deleted => Err(Error::SessionEnded),
    }
}

/// Returns a user whose display name is the claim `name`, or the username if there is no valid name.
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
