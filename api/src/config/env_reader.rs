//! Reads environment variables and reports all invalid ones at once.

use std::env::VarError;
use std::str::FromStr;

use crate::auth::trusted_proxy::TrustedProxies;
use crate::config::url;

/// Every invalid environment variable, one line each.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigErrors(Vec<String>);

/// Reads environment variables and collects their errors. A variable that is blank counts as not set.
#[derive(Default)]
pub(super) struct EnvReader {
    errors: Vec<String>,
}

impl EnvReader {
    /// Returns the value of a variable, or `None` if it is not set.
    #[expect(clippy::disallowed_methods, reason = "the only place that reads the environment")]
    pub(super) fn var(&mut self, name: &str) -> Option<String> {
        match std::env::var(name) {
            Ok(value) if value.trim().is_empty() => None,
            Ok(value) => Some(value),
            Err(VarError::NotPresent) => None,
            Err(VarError::NotUnicode(_)) => {
                self.errors.push(format!("{name} must be UTF-8"));
                None
            }
        }
    }

    /// Parses a variable. Uses the default if it is not set or invalid. `expected` completes the sentence "NAME must be
    /// …".
    pub(super) fn parse<T: FromStr>(&mut self, name: &str, default: &str, expected: &str) -> T {
        let value = self.var(name).unwrap_or_else(|| default.to_owned());
        value
            .parse()
            .or_else(|_| {
                self.errors.push(format!("{name} must be {expected}"));
                default.parse()
            })
            .unwrap_or_else(|_| unreachable!("the default of {name} is valid"))
    }

    /// Parses a variable as a list of origins with commas between them. The list is empty if the variable is not set.
    pub(super) fn origins(&mut self, name: &str) -> Vec<String> {
        let list = self.var(name).unwrap_or_default();
        let origins: Vec<String> =
            list.split(',').map(str::trim).filter(|origin| !origin.is_empty()).map(str::to_owned).collect();
        self.require(
            origins.iter().all(|origin| url::is_origin(origin)),
            &format!("{name} must be a comma-separated list of origins, like https://example.com"),
        );
        origins
    }

    /// Parses a variable as a list of reverse proxies. The list is empty if the variable is not set.
    pub(super) fn trusted_proxies(&mut self, name: &str) -> TrustedProxies {
        self.var(name).unwrap_or_default().parse().unwrap_or_else(|error| {
            self.errors
                .push(format!("{name} must be a comma-separated list of IP addresses and ranges: {error}"));
            TrustedProxies::default()
        })
    }

    /// Adds an error unless a condition is met.
    pub(super) fn require(&mut self, condition: bool, error: &str) {
        if !condition {
            self.errors.push(error.to_owned());
        }
    }

    /// Returns the configuration if there are no errors.
    pub(super) fn finish<T>(self, config: T) -> Result<T, ConfigErrors> {
        if self.errors.is_empty() { Ok(config) } else { Err(ConfigErrors(self.errors)) }
    }
}
