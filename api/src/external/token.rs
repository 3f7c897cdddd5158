//! Verifies access tokens of the external identity provider.
//!
//! The rules accept the access tokens of Auth0, Amazon Cognito and Keycloak. These providers sign ID tokens with the
//! same keys. An ID token tells a client who its user is, and must never be accepted as an access token (RFC 9068,
//! section 5).

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, Validation};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Number, Value};

use crate::auth::jwt::{CLOCK_LEEWAY, decode_header};
use crate::config::ExternalIssuer;
use crate::external::jwks_cache::JwksCache;
use crate::web::error::{Error, Result};

/// The accepted values of `typ` in the header, which may be missing (RFC 9068, section 2.1, and RFC 7519, section 5.1).
const ACCEPTED_TOKEN_TYPES: [&str; 2] = ["at+jwt", "JWT"];

/// The members of the header that are checked. Providers also send other members, such as `x5t`, which are ignored.
#[derive(Deserialize)]
struct Header {
    alg: Algorithm,
    kid: String,
    #[serde(default, with = "serde_with::rust::unwrap_or_skip")]
    typ: Option<String>,
    #[serde(default, deserialize_with = "is_present")]
    crit: bool,
}

/// The claims of a token. An optional claim may be missing. Only `scope` and `name` may be `null`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// The issuer: `WISHBOARD_TRUSTED_ISSUER`.
    pub iss: String,
    /// The id of the user at the provider.
    pub sub: String,
    /// The audiences, which must include `WISHBOARD_TRUSTED_AUDIENCE`.
    #[serde(default, with = "serde_with::rust::unwrap_or_skip", skip_serializing_if = "Option::is_none")]
    pub aud: Option<Audience>,
    /// The OAuth client that the token was issued to. Amazon Cognito sends this claim instead of `aud`.
    #[serde(default, with = "serde_with::rust::unwrap_or_skip", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Amazon Cognito: `access` or `id`.
    #[serde(default, with = "serde_with::rust::unwrap_or_skip", skip_serializing_if = "Option::is_none")]
    pub token_use: Option<String>,
    /// Keycloak: `Bearer`, `ID`, `Refresh` and others.
    #[serde(default, with = "serde_with::rust::unwrap_or_skip", skip_serializing_if = "Option::is_none")]
    pub typ: Option<String>,
    /// When the token expires.
    pub exp: NumericDate,
    /// When the token becomes valid.
    #[serde(default, with = "serde_with::rust::unwrap_or_skip", skip_serializing_if = "Option::is_none")]
    pub nbf: Option<NumericDate>,
    /// When the token was issued.
    #[serde(default, with = "serde_with::rust::unwrap_or_skip", skip_serializing_if = "Option::is_none")]
    pub iat: Option<NumericDate>,
    /// The scope. No decision depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Value>,
    /// The user's name, if the provider is configured to include it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Value>,
    #[serde(default, skip_serializing, deserialize_with = "is_present")]
    nonce: bool,
    #[serde(default, skip_serializing, deserialize_with = "is_present")]
    at_hash: bool,
    #[serde(default, skip_serializing, deserialize_with = "is_present")]
    c_hash: bool,
}

/// One audience or several (RFC 7519, section 4.1.3).
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Audience {
    /// One audience, sent as a string.
    One(String),
    /// Several audiences, sent as an array of strings.
    Many(Vec<String>),
}

/// A time in Unix seconds, which may have a fraction: NumericDate (RFC 7519, section 2). Accepts the years 1970 to 9999
/// only.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Number")]
pub struct NumericDate(Number);

impl NumericDate {
    /// The last second of the year 9999.
    const MAX: f64 = 253_402_300_799.0;

    fn seconds(&self) -> f64 {
        // All comparisons with NaN are false, so a date without a value fails every check.
        self.0.as_f64().unwrap_or(f64::NAN)
    }
}

impl TryFrom<Number> for NumericDate {
    type Error = &'static str;

    fn try_from(number: Number) -> Result<Self, Self::Error> {
        let date = Self(number);
        if (0.0..=Self::MAX).contains(&date.seconds()) { Ok(date) } else { Err("is not a valid time") }
    }
}

impl Claims {
    /// Returns whether the token was issued less than `max_age` before `now`. Returns false for a token without `iat`.
    pub fn is_younger_than(&self, max_age: SignedDuration, now: Timestamp) -> bool {
        self.iat.as_ref().is_some_and(|iat| seconds(now) - iat.seconds() < max_age.as_secs_f64())
    }

    /// Returns whether the claims belong to an access token of this issuer for this audience. Does not check the times.
    fn is_access_token_for(&self, issuer: &str, audience: &str) -> bool {
        let has_audience = match &self.aud {
            Some(Audience::One(one)) => one == audience,
            Some(Audience::Many(many)) => many.iter().any(|one| one == audience),
            None => self.client_id.as_deref() == Some(audience),
        };
        self.iss == issuer
            && !self.sub.is_empty()
            && has_audience
            && self.token_use.as_deref().is_none_or(|token_use| token_use == "access")
            && self.typ.as_deref().is_none_or(|typ| typ == "Bearer")
            && !(self.nonce || self.at_hash || self.c_hash)
    }

    /// Returns whether the token is valid at `now`, and its lifetime is at most `max_lifetime`. The lifetime of a token
    /// without `iat` is its remaining time.
    fn is_valid_at(&self, max_lifetime: SignedDuration, now: Timestamp) -> bool {
        let (now, leeway) = (seconds(now), CLOCK_LEEWAY.as_secs_f64());
        let exp = self.exp.seconds();
        let has_begun =
            |date: &Option<NumericDate>| date.as_ref().is_none_or(|date| date.seconds() <= now + leeway);
        let begin = self.iat.as_ref().map_or(now + leeway, NumericDate::seconds);
        exp > now - leeway
            && exp - begin <= max_lifetime.as_secs_f64()
            && has_begun(&self.nbf)
            && has_begun(&self.iat)
    }
}

/// Verifies a token and returns its claims.
///
/// # Errors
/// `SessionEnded` if the token is invalid; `IssuerUnavailable` if its key cannot be fetched.
pub async fn verify(jwks: &Arc<JwksCache>, token: &str, now: Timestamp) -> Result<Claims> {
    let header: Header = decode_header(token).ok_or(Error::SessionEnded)?;
    if header.alg != Algorithm::RS256
        || header.crit
        || header.typ.is_some_and(|typ| !ACCEPTED_TOKEN_TYPES.contains(&&*typ))
    {
        return Err(Error::SessionEnded);
    }
    let ExternalIssuer { issuer, audience, max_lifetime } = &jwks.config;
    let is_valid = |claims: &Claims| {
        claims.is_access_token_for(issuer, audience) && claims.is_valid_at(*max_lifetime, now)
    };
    // Checks the claims before the signature, so that a token with invalid claims does not cause a fetch of keys.
    let unverified: Claims =
        jsonwebtoken::dangerous::insecure_decode_claims(token).map_err(|_| Error::SessionEnded)?;
    if !is_valid(&unverified) {
        return Err(Error::SessionEnded);
    }
    let key = jwks.verifier(&header.kid).await?.ok_or(Error::SessionEnded)?;
    let verified = jsonwebtoken::decode::<Claims>(token, &key, &signature_validation());
    verified.ok().map(|token| token.claims).filter(is_valid).ok_or(Error::SessionEnded)
}

/// Makes the library verify the RS256 signature only, because [`verify`] checks the claims.
fn signature_validation() -> Validation {
    let mut validation = Validation::new(Algorithm::RS256);
    validation.set_required_spec_claims(&["exp", "iss", "sub"]);
    (validation.validate_exp, validation.validate_aud) = (false, false);
    validation
}

fn seconds(time: Timestamp) -> f64 {
    time.as_second() as f64
}

fn is_present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_700_000_000;

    fn now() -> Timestamp {
        Timestamp::from_second(NOW).unwrap()
    }

    /// The claims of a token with these times in seconds after [`NOW`].
    fn claims(exp: i64, iat: Option<i64>, nbf: Option<i64>) -> Claims {
        let mut claims = json!({"iss": "issuer", "sub": "subject", "exp": NOW + exp});
        for (name, time) in [("iat", iat), ("nbf", nbf)] {
            if let Some(time) = time {
                claims[name] = (NOW + time).into();
            }
        }
        serde_json::from_value(claims).unwrap()
    }

    /// The clocks of the provider and of the server may differ by 5 seconds.
    #[test]
    fn a_token_is_valid_from_5_seconds_before_it_begins_until_5_seconds_after_it_expires() {
        let is_valid = |exp, iat, nbf| claims(exp, iat, nbf).is_valid_at(SignedDuration::from_mins(1), now());
        for (exp, iat, nbf) in [
            (-4, Some(-60), None),
            (-4, None, Some(-60)),
            (60, Some(5), None),
            (60, Some(0), Some(5)),
            (65, Some(5), Some(5)),
            (65, None, None),
        ] {
            assert!(is_valid(exp, iat, nbf), "{exp} {iat:?} {nbf:?}");
        }
        for (exp, iat, nbf) in [
            (-5, Some(-60), None),
            (-5, None, None),
            (60, Some(6), None),
            (60, Some(0), Some(6)),
            (66, Some(5), Some(5)),
            (66, None, None),
        ] {
            assert!(!is_valid(exp, iat, nbf), "{exp} {iat:?} {nbf:?}");
        }
    }

    #[test]
    fn a_token_is_younger_than_the_time_since_it_was_issued() {
        let is_younger = |iat| claims(60, iat, None).is_younger_than(SignedDuration::from_mins(5), now());
        assert!(is_younger(Some(-299)) && is_younger(Some(1)));
        assert!(!is_younger(Some(-300)) && !is_younger(None));
    }
}
