//! An AWS account, as the AWS CLI sees it. Whether it is Amazon's or an emulated one is a matter of
//! `AWS_ENDPOINT_URL`: everything else is the same.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::setup::python::Python;
use crate::system::command;
use crate::system::env;

/// See the module.
pub(crate) struct Account {
    pub(crate) python: Python,
    /// Where everything is asked, if not at Amazon.
    endpoint: Option<String>,
    /// What programs need to know to use it, beside our own environment.
    environment: Vec<(&'static str, String)>,
}

impl Account {
    /// The one that the environment names, in the standard ways.
    pub(crate) fn chosen(python: Python) -> Self {
        let word = |name| env::variable(name).map(|value| value.to_string_lossy().into_owned());
        // The AWS CLI reads the second name only, the SDKs the first.
        let region = word("AWS_REGION").map(|region| ("AWS_DEFAULT_REGION", region));
        Self { python, endpoint: word("AWS_ENDPOINT_URL"), environment: region.into_iter().collect() }
    }

    /// An emulated one, by credentials that it takes for the owner's. Nothing of the developer's own account gets in.
    pub(crate) fn emulated(python: Python, endpoint: &str) -> Self {
        let environment = [
            ("AWS_ENDPOINT_URL", endpoint),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_SESSION_TOKEN", ""),
            ("AWS_REGION", "us-east-1"),
            ("AWS_DEFAULT_REGION", "us-east-1"),
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ("NO_PROXY", "127.0.0.1"),
        ]
        .map(|(name, value)| (name, value.to_owned()));
        Self { python, endpoint: Some(endpoint.to_owned()), environment: environment.into() }
    }

    /// What programs need to know to use it, beside our own environment.
    pub(crate) fn environment(&self) -> &[(&'static str, String)] {
        &self.environment
    }

    /// Lets a program use it.
    pub(crate) fn lend(&self, command: &mut Command) {
        command.envs(self.environment.iter().cloned());
        // With credentials of its own, no profile; and an empty name would be one that does not exist.
        if self.environment.iter().any(|(name, _)| *name == "AWS_ACCESS_KEY_ID") {
            command.env_remove("AWS_PROFILE");
        }
    }

    /// The AWS CLI with these arguments.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut aws = self.python.program("aws");
        self.lend(aws.args(arguments).env("AWS_PAGER", ""));
        aws
    }

    /// What the AWS CLI answers; nothing is null.
    ///
    /// # Errors
    /// With what AWS says.
    pub(crate) fn ask(&self, arguments: &[&str]) -> Result<Value> {
        let said = self.run(&[arguments, &["--output", "json"]].concat())?;
        if said.trim_ascii().is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&said).context("the AWS CLI answered what is no JSON")
    }

    /// Has the AWS CLI do something whose answer is for people.
    ///
    /// # Errors
    /// With what AWS says.
    pub(crate) fn tell(&self, arguments: &[&str]) -> Result<()> {
        self.run(arguments).map(drop)
    }

    /// What the AWS CLI answers; none if AWS says one of these words, the codes of what is not there.
    pub(crate) fn find(&self, arguments: &[&str], missing: &[&str]) -> Result<Option<Value>> {
        match self.ask(arguments) {
            Ok(answer) => Ok(Some(answer)),
            Err(error) if missing.iter().any(|word| error.to_string().contains(word)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn run(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        let output = self.command(arguments).stdin(Stdio::null()).output();
        let output = output.context("the AWS CLI does not start")?;
        if !output.status.success() {
            bail!("{}", sentence(&String::from_utf8_lossy(&output.stderr)));
        }
        Ok(output.stdout)
    }

    /// Where an API Gateway's API is reached. Emulated ones have no host names of their own.
    pub(crate) fn gateway(&self, api: &str, stage: &str, url: &str) -> String {
        match &self.endpoint {
            Some(endpoint) => format!("{endpoint}/_aws/execute-api/{api}/{stage}"),
            None => url.to_owned(),
        }
    }

    /// The region that everything is in.
    pub(crate) fn region(&self) -> Result<String> {
        let told = self.environment.iter().find(|(name, _)| *name == "AWS_DEFAULT_REGION");
        let named = || env::variable("AWS_DEFAULT_REGION").map(|name| name.to_string_lossy().into_owned());
        let configured = || command::output(&mut self.command(&["configure", "get", "region"]));
        let region = told.map(|(_, region)| region.clone()).or_else(named).or_else(configured);
        region.context("no AWS region is chosen: set AWS_REGION, or type `aws configure`")
    }

    /// Whether it is not Amazon's.
    pub(crate) fn is_emulated(&self) -> bool {
        self.endpoint.is_some()
    }

    /// Where everything is asked, if not at Amazon.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.endpoint.as_deref()
    }
}

/// What the AWS CLI complains of, for people: what they can do about it, where that is known.
fn sentence(said: &str) -> String {
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if has(&["Unable to locate credentials", "Partial credentials", "Error loading SSO Token"]) {
        return "there are no AWS credentials: type `aws configure`, or `aws sso login` of AWS CLI 2, or set \
                AWS_PROFILE"
            .to_owned();
    }
    // The answer to a HEAD has no body that could name the error.
    let expired =
        ["ExpiredToken", "RequestExpired", "Token has expired", "SSO session", "(400) when calling the Head"];
    if has(&expired) {
        return "the AWS credentials have expired: get new ones, then run the same command again; it goes on \
                where it stopped"
            .to_owned();
    }
    if has(&["InvalidClientTokenId", "InvalidAccessKeyId", "UnrecognizedClient", "SignatureDoesNotMatch"]) {
        return "AWS does not know these credentials (any more, or not in this region): check them, then run the \
                same command again; it goes on where it stopped"
            .to_owned();
    }
    if has(&["Could not connect to the endpoint URL"]) {
        return "AWS can't be reached: is there a network, and is the region right?".to_owned();
    }
    format!("AWS: {}", without_numbers(said.trim()))
}

/// Without the numbers of accounts, which are nobody's business in a log: 12 digits.
pub(crate) fn without_numbers(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '-') {
        let end = word.len()
            - word.chars().next_back().filter(|c| !c.is_ascii_alphanumeric()).map_or(0, char::len_utf8);
        let is_number = end == 12 && word[..end].bytes().all(|byte| byte.is_ascii_digit());
        clean.push_str(if is_number { "************" } else { &word[..end] });
        clean.push_str(&word[end..]);
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accounts_number_is_not_told() {
        let said = "arn:aws:iam::123456789012:user/ann is not authorized (123456789012)";
        let told = "arn:aws:iam::************:user/ann is not authorized (************)";
        assert_eq!(without_numbers(said), told);
        for other in ["", "1234567890123", "0f3c-123456789012", "a123456789012 é"] {
            assert_eq!(without_numbers(other), other);
        }
    }

    #[test]
    fn what_is_wrong_with_credentials_is_one_sentence() {
        for (said, told) in [
            (
                "\nUnable to locate credentials. You can configure credentials by running..",
                "there are no AWS",
            ),
            ("An error occurred (ExpiredToken) when calling the PutObject operation: ..", "have expired"),
            (
                "\nError when retrieving token from sso: Token has expired and refresh failed\n",
                "have expired",
            ),
            (
                "\nError loading SSO Token: Token for wishboard does not exist\n",
                "`aws sso login` of AWS CLI 2",
            ),
            ("An error occurred (400) when calling the HeadObject operation: Bad Request", "have expired"),
            ("An error occurred (InvalidClientTokenId) when calling ..", "does not know these"),
            (
                "\nCould not connect to the endpoint URL: \"https://sts.eu-wst-1.amazonaws.com/\"",
                "region right?",
            ),
        ] {
            let sentence = sentence(said);
            assert!(sentence.contains(told) && !sentence.contains('\n'), "{sentence}");
        }
    }
}
