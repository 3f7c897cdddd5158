//! The configuration of the external identity provider.

use std::ops::RangeInclusive;

use jiff::SignedDuration;

use crate::config::env_reader::EnvReader;
use crate::config::url;

/// The valid values of `WISHBOARD_TRUSTED_MAX_LIFETIME` in seconds: one minute to one year.
const MAX_LIFETIME_RANGE: RangeInclusive<i64> = 60..=31_536_000;

/// An external identity provider whose access tokens are accepted, such as Auth0, Amazon Cognito or Keycloak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalIssuer {
    /// `WISHBOARD_TRUSTED_ISSUER`: the exact `iss` of its tokens.
    pub issuer: String,
    /// `WISHBOARD_TRUSTED_AUDIENCE`: the `aud` of its tokens for this API.
    pub audience: String,
    /// `WISHBOARD_TRUSTED_MAX_LIFETIME`: maximum lifetime of its tokens, 24 hours by default.
    pub max_lifetime: SignedDuration,
}

impl ExternalIssuer {
    /// Reads the three variables. Returns `None` if no provider is configured.
    ///
    /// The audience is required: without it, tokens that the provider issued for other APIs would be accepted.
    pub(super) fn read(env: &mut EnvReader) -> Option<Self> {
        let issuer = env.var("WISHBOARD_TRUSTED_ISSUER");
        let audience = env.var("WISHBOARD_TRUSTED_AUDIENCE");
        env.require(
            issuer.is_some() == audience.is_some(),
            "WISHBOARD_TRUSTED_ISSUER and WISHBOARD_TRUSTED_AUDIENCE must both be set, or neither of them",
        );
        let is_issuer = |text: &String| {
            text.parse().is_ok_and(|uri| url::is_https_or_loopback(&uri)) && !text.contains(['?', '#'])
        };
        env.require(
            issuer.as_ref().is_none_or(is_issuer),
            "WISHBOARD_TRUSTED_ISSUER must be a URL that begins with https://, exactly as in the `iss` of its tokens",
        );
        let seconds = env.parse("WISHBOARD_TRUSTED_MAX_LIFETIME", "86400", "a whole number of seconds");
        env.require(
            MAX_LIFETIME_RANGE.contains(&seconds),
            "WISHBOARD_TRUSTED_MAX_LIFETIME must be from 60 to 31536000 seconds",
        );
        let max_lifetime = SignedDuration::from_secs(seconds);
        Some(Self { issuer: issuer?, audience: audience?, max_lifetime })
    }
}
