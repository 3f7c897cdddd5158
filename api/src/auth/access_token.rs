//! Issues and verifies our own access tokens.
//!
//! They follow RFC 9068 (JWT profile for access tokens) and RFC 8725 (JWT best current practices): one algorithm, an
//! explicit type, only required claims, and a lifetime of ten minutes. [`authenticate`](crate::auth::authenticate) then
//! checks that the session of the token is live.

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::auth::cookie_and_token_lifetimes::ACCESS_TOKEN_LIFETIME;
use crate::auth::jwt::{CLOCK_LEEWAY, decode_header};
use crate::signing_keys::key_ring::KeyRing;
use crate::web::error::{Error, Result};

/// Maximum length of `sub` and `sid` in bytes. All usernames and session ids are shorter. Prevents requests to the
/// database with keys that exceed DynamoDB's limit of 2,048 bytes.
const MAX_KEY_LEN: usize = 64;

const TOKEN_TYPE: &str = "at+jwt";
const AUDIENCE: &str = "wishboard";
const SCOPE: &str = "wishboard";

/// The claims of a token. All of them are required.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// The issuer: `WISHBOARD_ISSUER`.
    pub iss: String,
    /// The audience: `wishboard`.
    pub aud: String,
    /// The OAuth client that the token was issued to: `wishboard`.
    pub client_id: String,
    /// The username.
    pub sub: String,
    /// The id of the session that the token belongs to.
    pub sid: String,
    /// The scope: `wishboard`.
    pub scope: String,
    /// When the token was issued, in Unix seconds.
    pub iat: i64,
    /// When the token expires, in Unix seconds.
    pub exp: i64,
    /// The unique id of the token.
    pub jti: String,
}

/// Issues a token for a session. Returns the token and the time when it expires.
///
/// # Errors
/// `Unavailable` if the key ring cannot be read.
pub async fn issue(
    key_ring: &KeyRing,
    issuer: &str,
    username: &str,
    sid: &str,
    now: Timestamp,
) -> Result<(String, Timestamp)> {
    let (kid, signer) = key_ring.signer().await?;
    let expires_at = now + ACCESS_TOKEN_LIFETIME;
    let claims = Claims {
        iss: issuer.to_owned(),
        aud: AUDIENCE.to_owned(),
        client_id: AUDIENCE.to_owned(),
        sub: username.to_owned(),
        sid: sid.to_owned(),
        scope: SCOPE.to_owned(),
        iat: now.as_second(),
        exp: expires_at.as_second(),
        jti: Uuid::new_v4().to_string(),
    };
    let header = Header { typ: Some(TOKEN_TYPE.to_owned()), kid: Some(kid), ..Header::new(Algorithm::RS256) };
    let token = jsonwebtoken::encode(&header, &claims, &signer).map_err(Error::internal)?;
    Ok((token, expires_at))
}

/// Verifies a token and returns its claims.
///
/// # Errors
/// `SessionEnded` if the token is invalid or has expired; `Unavailable` if the key ring cannot be read.
pub async fn verify(key_ring: &KeyRing, issuer: &str, token: &str, now: Timestamp) -> Result<Claims> {
    let header = StrictHeader::decode(token).ok_or(Error::SessionEnded)?;
    let key = key_ring.verifier(&header.kid).await?.ok_or(Error::SessionEnded)?;
    let claims = jsonwebtoken::decode::<Claims>(token, &key, &validation(issuer))
        .map_err(|_| Error::SessionEnded)?
        .claims;
    is_valid_at(&claims, now).then_some(claims).ok_or(Error::SessionEnded)
}

/// A header with exactly the members that [`issue`] writes. Rejects all others: keys that the token itself supplies
/// (`jku`, `jwk`, `x5u`, `x5c`), `crit`, and unknown members (RFC 8725, sections 3.1 and 3.10).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StrictHeader {
    alg: Algorithm,
    kid: String,
    typ: String,
}

impl StrictHeader {
    fn decode(token: &str) -> Option<Self> {
        let header: Self = decode_header(token)?;
        (header.alg == Algorithm::RS256 && header.typ == TOKEN_TYPE).then_some(header)
    }
}

fn validation(issuer: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    validation.validate_nbf = true;
    // `is_valid_at` compares the times, because the library reads the system clock, which tests cannot advance.
    validation.validate_exp = false;
    validation
}

fn is_valid_at(claims: &Claims, now: Timestamp) -> bool {
    let (now, leeway) = (now.as_second(), CLOCK_LEEWAY.as_secs());
    claims.client_id == AUDIENCE
        && claims.scope == SCOPE
        && [&claims.sub, &claims.sid].iter().all(|key| key.len() <= MAX_KEY_LEN)
        && claims.exp > now - leeway
        && claims.iat <= now + leeway
        && claims
            .exp
            .checked_sub(claims.iat)
            .is_some_and(|lifetime| (0..=ACCESS_TOKEN_LIFETIME.as_secs()).contains(&lifetime))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Claims of a token that was issued at second 1,000.
    fn claims() -> Claims {
        Claims {
            iss: "https://wishboard.example".to_owned(),
            aud: AUDIENCE.to_owned(),
            client_id: AUDIENCE.to_owned(),
            sub: "ann".to_owned(),
            sid: "session".to_owned(),
            scope: SCOPE.to_owned(),
            iat: 1_000,
            exp: 1_600,
            jti: "id".to_owned(),
        }
    }

    fn is_valid_at_second(claims: &Claims, second: i64) -> bool {
        is_valid_at(claims, Timestamp::from_second(second).unwrap())
    }

    #[test]
    fn a_token_is_valid_from_its_first_to_its_last_second_with_five_seconds_of_leeway() {
        for (second, is_valid) in [(994, false), (995, true), (1_604, true), (1_605, false)] {
            assert_eq!(is_valid_at_second(&claims(), second), is_valid, "{second}");
        }
    }

    #[test]
    fn a_token_lasts_at_most_ten_minutes_and_does_not_end_before_it_begins() {
        for (exp, is_valid) in [(1_600, true), (1_601, false), (1_000, true), (999, false)] {
            assert_eq!(is_valid_at_second(&Claims { exp, ..claims() }, 1_000), is_valid, "{exp}");
        }
    }

    #[test]
    fn usernames_and_session_ids_have_at_most_64_bytes() {
        let (longest, too_long) = ("x".repeat(64), "x".repeat(65));
        assert!(is_valid_at_second(&Claims { sub: longest.clone(), sid: longest, ..claims() }, 1_000));
        assert!(!is_valid_at_second(&Claims { sub: too_long.clone(), ..claims() }, 1_000));
        assert!(!is_valid_at_second(&Claims { sid: too_long, ..claims() }, 1_000));
    }
}
