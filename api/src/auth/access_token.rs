//! Access tokens: JWTs by the strict profile, which this file alone decides.
//!
//! After RFC 9068 (JWT profile for access tokens) and RFC 8725 (best current practice): one
//! algorithm, an explicit type, every claim there and of its type, ten minutes of life. Whether the
//! session behind a token still lives is not decided here but in [`crate::auth::caller`].

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::signing_keys::key_ring::KeyRing;
use crate::web::error::{Error, Result};

/// How long a token lives.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// How far the clocks of two machines may be apart.
pub(crate) const LEEWAY: SignedDuration = SignedDuration::from_secs(5);

/// No username and no session's id is longer; a key of the table may have 2,048 bytes.
const MAX_KEY_LEN: usize = 64;

const TYPE: &str = "at+jwt";
const AUDIENCE: &str = "wishboard";
const SCOPE: &str = "wishboard";

/// What a token says. All of it is required.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued it: `WISHBOARD_ISSUER`.
    pub iss: String,
    /// Whom it is for: `wishboard`.
    pub aud: String,
    /// Which program asked for it: `wishboard`.
    pub client_id: String,
    /// The username.
    pub sub: String,
    /// The session it was made from.
    pub sid: String,
    /// What it allows: `wishboard`.
    pub scope: String,
    /// When it was made, in Unix seconds.
    pub iat: i64,
    /// When it ends, in Unix seconds.
    pub exp: i64,
    /// A name of its own.
    pub jti: String,
}

/// A new token for a session, and when it ends.
///
/// # Errors
/// When the key ring can't be read.
pub async fn issue(
    keys: &KeyRing,
    issuer: &str,
    username: &str,
    sid: &str,
    now: Timestamp,
) -> Result<(String, Timestamp)> {
    let (kid, signer) = keys.signer().await?;
    let ends = now + LIFETIME;
    let claims = Claims {
        iss: issuer.to_owned(),
        aud: AUDIENCE.to_owned(),
        client_id: AUDIENCE.to_owned(),
        sub: username.to_owned(),
        sid: sid.to_owned(),
        scope: SCOPE.to_owned(),
        iat: now.as_second(),
        exp: ends.as_second(),
        jti: Uuid::new_v4().to_string(),
    };
    let header = Header { typ: Some(TYPE.to_owned()), kid: Some(kid), ..Header::new(Algorithm::RS256) };
    let token =
        jsonwebtoken::encode(&header, &claims, &signer).map_err(|error| Error::Internal(error.into()))?;
    Ok((token, ends))
}

/// What a token says, if it is one of ours and has not ended.
///
/// # Errors
/// `SessionEnded`, whatever is wrong with it; any other error means that the keys can't be read.
pub async fn verify(keys: &KeyRing, issuer: &str, token: &str, now: Timestamp) -> Result<Claims> {
    let header = StrictHeader::of(token).ok_or(Error::SessionEnded)?;
    let key = keys.verifier(&header.kid).await?.ok_or(Error::SessionEnded)?;
    let claims = jsonwebtoken::decode::<Claims>(token, &key, &validation(issuer))
        .map_err(|_| Error::SessionEnded)?
        .claims;
    is_valid_at(&claims, now).then_some(claims).ok_or(Error::SessionEnded)
}

/// Whether this token claims to be of this issuer. Believed for one thing only: by which profile to
/// check it.
pub fn has_issuer(issuer: &str, token: &str) -> bool {
    #[derive(Deserialize)]
    struct Claim {
        iss: String,
    }
    let claim = jsonwebtoken::dangerous::insecure_decode_claims::<Claim>(token);
    claim.is_ok_and(|claim| claim.iss == issuer)
}

/// What we write into a header, and nothing else: no keys that a token brings along (`jku`, `jwk`,
/// `x5u`, `x5c`), no `crit`, nothing unknown. RFC 8725, sections 3.1 and 3.10.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StrictHeader {
    alg: Algorithm,
    kid: String,
    typ: String,
}

impl StrictHeader {
    fn of(token: &str) -> Option<Self> {
        let header: Self = decode_header(token)?;
        (header.alg == Algorithm::RS256 && header.typ == TYPE).then_some(header)
    }
}

pub(crate) fn decode_header<T: DeserializeOwned>(token: &str) -> Option<T> {
    let (header, _) = token.split_once('.')?;
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(header).ok()?).ok()
}

fn validation(issuer: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.validate_nbf = true;
    // The time is compared below: the library would read a clock that no test can move.
    validation.validate_exp = false;
    validation
}

fn is_valid_at(claims: &Claims, now: Timestamp) -> bool {
    let (now, leeway) = (now.as_second(), LEEWAY.as_secs());
    claims.client_id == AUDIENCE
        && claims.scope == SCOPE
        && [&claims.sub, &claims.sid].iter().all(|key| key.len() <= MAX_KEY_LEN)
        && claims.exp > now - leeway
        && claims.iat <= now + leeway
        && claims
            .exp
            .checked_sub(claims.iat)
            .is_some_and(|lifetime| (0..=LIFETIME.as_secs()).contains(&lifetime))
}
