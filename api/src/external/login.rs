//! Callers who come with a token of the trusted issuer. Here they have a user and nothing else: no
//! password and no session. Whoever comes for the first time gets one, without asking.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use shared::users::DisplayName;

use crate::AppState;
use crate::auth::caller::{Caller, Claims};
use crate::clock::rfc3339;
use crate::external::jwks_cache::Trusted;
use crate::external::token;
use crate::external::token::Claims as OutsideClaims;
use crate::store::external_identities::{Identity, Standing};
use crate::store::users::User;
use crate::web::error::{Error, Result};

/// How often somebody new is looked for again whom another request is just adding.
const TRIES: u32 = 3;

/// The caller of this token, whose user is made if there is none.
///
/// # Errors
/// `LoginEnded` where the token is not valid or its user was deleted; `IssuerSilent`.
pub(crate) async fn enter(state: &AppState, trusted: &Arc<Trusted>, token: &str) -> Result<Caller> {
    let claims = token::verify(trusted, token, state.clock.now()).await?;
    let identity = Identity::of(&claims.iss, &claims.sub);
    for _ in 0..TRIES {
        match state.store.standing(&identity).await? {
            Standing::Known(user) => return Ok(caller(user, claims)),
            Standing::Closed => return Err(Error::LoginEnded),
            Standing::New => {
                let user = newcomer(state, &identity, &claims);
                if state.store.enter(&identity, &user).await? {
                    return Ok(caller(user, claims));
                }
            }
        }
    }
    Err(Error::LoginEnded)
}

/// The caller of this token, who may be new: nothing is written.
///
/// # Errors
/// As [`enter`].
pub(crate) async fn recognise(state: &AppState, trusted: &Arc<Trusted>, token: &str) -> Result<Caller> {
    let claims = token::verify(trusted, token, state.clock.now()).await?;
    let identity = Identity::of(&claims.iss, &claims.sub);
    match state.store.standing(&identity).await? {
        Standing::Known(user) => Ok(caller(user, claims)),
        Standing::New => Ok(caller(newcomer(state, &identity, &claims), claims)),
        Standing::Closed => Err(Error::LoginEnded),
    }
}

fn newcomer(state: &AppState, identity: &Identity, claims: &OutsideClaims) -> User {
    let username = identity.username();
    let name = claims.name.as_ref().and_then(Value::as_str).and_then(|name| DisplayName::parse(name).ok());
    User {
        name: name.map_or_else(|| username.clone(), |name| name.as_str().to_owned()),
        username,
        password: None,
        generation: 1,
        created_at: rfc3339(state.clock.now()),
        devices: BTreeMap::new(),
    }
}

fn caller(user: User, claims: OutsideClaims) -> Caller {
    Caller { user, session: None, claims: Claims::Outside(claims) }
}
