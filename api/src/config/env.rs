//! Reads environment variables and collects everything that is wrong with them.

use jiff::SignedDuration;

use crate::auth::trusted_proxy::TrustedProxies;
use crate::config::{ExternalIssuer, MAX_LIFETIME_SECONDS, is_origin, is_private};

/// The environment, and what was found wrong with it so far.
#[derive(Default)]
pub(super) struct Env {
    pub(super) errors: Vec<String>,
}

impl Env {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        match std::env::var(name) {
            Ok(text) if text.trim().is_empty() => None,
            Ok(text) => Some(text),
            Err(std::env::VarError::NotPresent) => None,
            Err(std::env::VarError::NotUnicode(_)) => {
                self.errors.push(format!("{name} must be UTF-8"));
                None
            }
        }
    }

    /// The external issuer. Without an audience, every token of the issuer would be accepted.
    pub(super) fn external_issuer(&mut self) -> Option<ExternalIssuer> {
        let issuer = self.text("WISHBOARD_TRUSTED_ISSUER");
        let audience = self.text("WISHBOARD_TRUSTED_AUDIENCE");
        self.require(
            issuer.is_some() == audience.is_some(),
            "WISHBOARD_TRUSTED_ISSUER and WISHBOARD_TRUSTED_AUDIENCE must be set both, or neither",
        );
        let is_issuer = |text: &String| {
            text.parse().is_ok_and(|address| is_private(&address)) && !text.contains(['?', '#'])
        };
        self.require(
            issuer.as_ref().is_none_or(is_issuer),
            "WISHBOARD_TRUSTED_ISSUER must be a URL that begins with https://, exactly as in its tokens",
        );
        let seconds = self.parse("WISHBOARD_TRUSTED_MAX_LIFETIME", "86400", "a number of seconds");
        self.require(
            MAX_LIFETIME_SECONDS.contains(&seconds),
            "WISHBOARD_TRUSTED_MAX_LIFETIME must be from 60 to 31536000 seconds",
        );
        let max_lifetime = SignedDuration::from_secs(seconds);
        Some(ExternalIssuer { issuer: issuer?, audience: audience?, max_lifetime })
    }

    pub(super) fn trusted_proxies(&mut self) -> TrustedProxies {
        const NAME: &str = "WISHBOARD_TRUSTED_PROXIES";
        self.text(NAME).unwrap_or_default().parse().unwrap_or_else(|error| {
            self.errors
                .push(format!("{NAME} must be IP addresses or ranges with commas between them: {error}"));
            TrustedProxies::default()
        })
    }

    /// The variable as a list of origins; none if it is not set.
    pub(super) fn origins(&mut self, name: &str) -> Vec<String> {
        let text = self.text(name).unwrap_or_default();
        let origins: Vec<String> =
            text.split(',').map(str::trim).filter(|origin| !origin.is_empty()).map(str::to_owned).collect();
        let sentence = format!("{name} must be origins with commas between them, like https://example.com");
        self.require(origins.iter().all(|origin| is_origin(origin)), &sentence);
        origins
    }

    /// The variable, or else the default, which must parse.
    pub(super) fn parse<T: std::str::FromStr>(&mut self, name: &str, default: &str, what: &str) -> T {
        let text = self.text(name).unwrap_or_else(|| default.to_owned());
        text.parse()
            .or_else(|_| {
                self.errors.push(format!("{name} must be {what}"));
                default.parse()
            })
            .unwrap_or_else(|_| unreachable!("the default of {name} parses"))
    }

    pub(super) fn require(&mut self, holds: bool, sentence: &str) {
        if !holds {
            self.errors.push(sentence.to_owned());
        }
    }
}
