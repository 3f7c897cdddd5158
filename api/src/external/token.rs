//! Access tokens of the trusted issuer: what we demand of them. Stricter than some issuers' own
//! libraries, and as wide as what Auth0, Amazon Cognito and Keycloak send.
//!
//! Their ID tokens are signed with the same keys and say who somebody is, to another program: they
//! must never be taken for access tokens (RFC 9068, section 5).

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, Validation};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Number, Value};

use crate::auth::access_token::{LEEWAY, decode_header};
use crate::config::ExternalIssuer;
use crate::external::jwks_cache::JwksCache;
use crate::web::error::{Error, Result};

/// What the header may call such a token, if anything: RFC 9068, section 2.1, and RFC 7519, section 5.1.
const TYPES: [&str; 2] = ["at+jwt", "JWT"];

/// What we look at in its header. Whatever else issuers write there is no matter, as `x5t`.
#[derive(Deserialize)]
struct Header {
    alg: Algorithm,
    kid: String,
    #[serde(default, with = "serde_with::rust::unwrap_or_skip")]
    typ: Option<String>,
    #[serde(default, deserialize_with = "is_present")]
    crit: bool,
}

/// What such a token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued it: `WISHBOARD_TRUSTED_ISSUER`.
    pub iss: String,
    /// Who it is about, in the issuer's words.
    pub sub: String,
    /// Whom it is for: `WISHBOARD_TRUSTED_AUDIENCE`, among others perhaps.
    #[serde(default, with = "serde_with::rust::unwrap_or_skip", skip_serializing_if = "Option::is_none")]
    pub aud: Option<Audience>,
    /// Which program asked for it. Amazon Cognito has this and no `aud`.
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
    /// What it allows; nothing here depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Value>,
    /// What to call this person, where the issuer was told to say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Value>,
    #[serde(default, skip_serializing, deserialize_with = "is_present")]
    nonce: bool,
    #[serde(default, skip_serializing, deserialize_with = "is_present")]
    at_hash: bool,
    #[serde(default, skip_serializing, deserialize_with = "is_present")]
    c_hash: bool,
}

/// One audience or several: RFC 7519, section 4.1.3.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Audience {
    /// A text.
    One(String),
    /// A list.
    Many(Vec<String>),
}

/// Time in Unix seconds, fractions allowed: NumericDate (RFC 7519, section 2). From 1970 to 9999:
/// anything else is no time that an issuer means.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Number")]
pub struct NumericDate(Number);

impl NumericDate {
    /// Last second of the year 9999.
    const MAX: f64 = 253_402_300_799.0;

    fn seconds(&self) -> f64 {
        // Not a number compares as false, so every check fails.
        self.0.as_f64().unwrap_or(f64::NAN)
    }
}

impl TryFrom<Number> for NumericDate {
    type Error = &'static str;

    fn try_from(number: Number) -> Result<Self, Self::Error> {
        let date = Self(number);
        if (0.0..=Self::MAX).contains(&date.seconds()) { Ok(date) } else { Err("is no time") }
    }
}

impl Claims {
    /// Whether the token was issued less than `span` before `now`. A token without `iat` was not.
    pub fn is_younger_than(&self, span: SignedDuration, now: Timestamp) -> bool {
        self.iat.as_ref().is_some_and(|iat| seconds(now) - iat.seconds() < span.as_secs_f64())
    }

    /// Checks every claim but the times.
    fn are_for_audience(&self, issuer: &str, audience: &str) -> bool {
        let is_for_us = match &self.aud {
            Some(Audience::One(one)) => one == audience,
            Some(Audience::Many(many)) => many.iter().any(|one| one == audience),
            None => self.client_id.as_deref() == Some(audience),
        };
        self.iss == issuer
            && !self.sub.is_empty()
            && is_for_us
            && self.token_use.as_deref().is_none_or(|used_as| used_as == "access")
            && self.typ.as_deref().is_none_or(|typ| typ == "Bearer")
            && !(self.nonce || self.at_hash || self.c_hash)
    }

    /// Whether the token is valid at `now`, and for at most `max_lifetime` in all. The lifetime of a
    /// token without `iat` is what is left of it.
    fn are_valid_at(&self, max_lifetime: SignedDuration, now: Timestamp) -> bool {
        let (now, leeway) = (seconds(now), LEEWAY.as_secs_f64());
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

/// What a token says, if it is the trusted issuer's, for us, and counts now.
///
/// # Errors
/// `SessionEnded`, whatever is wrong with it; `IssuerUnavailable` where its key can't be had.
pub async fn verify(cache: &Arc<JwksCache>, token: &str, now: Timestamp) -> Result<Claims> {
    let header: Header = decode_header(token).ok_or(Error::SessionEnded)?;
    if header.alg != Algorithm::RS256 || header.crit || header.typ.is_some_and(|typ| !TYPES.contains(&&*typ))
    {
        return Err(Error::SessionEnded);
    }
    let ExternalIssuer { issuer, audience, max_lifetime } = &cache.config;
    let counts = |claims: &Claims| {
        claims.are_for_audience(issuer, audience) && claims.are_valid_at(*max_lifetime, now)
    };
    // First what costs nothing: no issuer is asked about a token that would be refused anyway.
    let unverified: Claims =
        jsonwebtoken::dangerous::insecure_decode_claims(token).map_err(|_| Error::SessionEnded)?;
    if !counts(&unverified) {
        return Err(Error::SessionEnded);
    }
    let key = cache.verifier(&header.kid).await?.ok_or(Error::SessionEnded)?;
    let verified = jsonwebtoken::decode::<Claims>(token, &key, &signature_only());
    verified.ok().map(|token| token.claims).filter(counts).ok_or(Error::SessionEnded)
}

/// The library checks the RS256 signature only. [`Claims`] checks what the token says.
fn signature_only() -> Validation {
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
