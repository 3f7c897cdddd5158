//! The AWS CLI with the credentials of one AWS account: a recent version 2 on PATH, otherwise the one in `.tools/`.
//! For an emulated account, requests go to `AWS_ENDPOINT_URL`, and the AWS CLI in `.tools/` compares each request with
//! AWS's own models first.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::deploy::aws_error;
use crate::setup::python::PythonEnv;
use crate::system::{command, env};

/// Runs the AWS CLI of the Python environment and checks its requests.
const CHECKED_AWS_CLI: &str = "xtask/src/emulator/checked_aws_cli.py";
/// The file in the target folder that lists the operations of all checked requests.
const REQUEST_LOG: &str = "aws-requests.txt";

/// The oldest usable AWS CLI 2 is 2.33. Profiles of `aws login` need 2.32 ("Login for AWS local development using console
/// credentials", AWS CLI User Guide); `cloudformation describe-events` appeared at about the same time.
const MIN_MINOR_VERSION: u32 = 33;

/// Access to an AWS account.
pub(crate) struct AwsCli {
    pub(crate) python: PythonEnv,
    /// AWS CLI 2, if it is on PATH and recent.
    version_2: Option<PathBuf>,
    /// Where an emulated AWS listens. `None` for the real AWS.
    endpoint: Option<String>,
    /// Variables for the AWS CLI and other AWS clients, in addition to our own environment.
    vars: Vec<(&'static str, String)>,
}

impl AwsCli {
    /// Uses the account, region and endpoint that the standard environment variables name.
    pub(crate) fn from_env(python: PythonEnv) -> Self {
        // The AWS CLI reads only AWS_DEFAULT_REGION, the SDKs read AWS_REGION.
        let region = env::text_var("AWS_REGION").map(|region| ("AWS_DEFAULT_REGION", region));
        let version_2 = env::find_program("aws").filter(|program| {
            let version = command::output(Command::new(program).arg("--version"));
            version.is_some_and(|version| is_recent_version_2(&version))
        });
        Self {
            python,
            version_2,
            endpoint: env::text_var("AWS_ENDPOINT_URL"),
            vars: region.into_iter().collect(),
        }
    }

    /// Uses an emulated account with all permissions. Ignores the user's own AWS configuration.
    pub(crate) fn emulated(python: PythonEnv, endpoint: &str) -> Self {
        let vars = [
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
        Self { python, version_2: None, endpoint: Some(endpoint.to_owned()), vars: vars.into() }
    }

    /// Assumes a role and returns access with its permissions, for an hour.
    ///
    /// # Errors
    /// If the role does not exist, or the current credentials may not assume it.
    pub(crate) fn assume_role(&self, arn: &str) -> Result<Self> {
        let assume = ["sts", "assume-role", "--role-arn", arn, "--role-session-name", "wishboard-xtask"];
        let credentials = self.json(&[&assume[..], &["--query", "Credentials"]].concat())?;
        let mut vars = self.vars.clone();
        for (name, member) in [
            ("AWS_ACCESS_KEY_ID", "AccessKeyId"),
            ("AWS_SECRET_ACCESS_KEY", "SecretAccessKey"),
            ("AWS_SESSION_TOKEN", "SessionToken"),
        ] {
            vars.retain(|(var, _)| *var != name);
            vars.push((name, credentials[member].as_str().unwrap_or_default().to_owned()));
        }
        let version_2 = self.version_2.clone();
        Ok(Self { python: self.python.clone(), version_2, endpoint: self.endpoint.clone(), vars })
    }

    /// Returns the variables that an AWS client needs to use this account.
    pub(crate) fn vars(&self) -> &[(&'static str, String)] {
        &self.vars
    }

    /// Passes this account to a program.
    pub(crate) fn set_vars(&self, command: &mut Command) {
        command.envs(self.vars.iter().cloned());
        // Remove the variable: a profile would override our access key, and an empty value would name an unknown
        // profile.
        if self.vars.iter().any(|(name, _)| *name == "AWS_ACCESS_KEY_ID") {
            command.env_remove("AWS_PROFILE");
        }
    }

    /// Runs the AWS CLI and returns its output as JSON, or `null` if there is no output.
    ///
    /// # Errors
    /// If the AWS CLI fails. The error contains AWS's message.
    pub(crate) fn json(&self, args: &[&str]) -> Result<Value> {
        let output = self.output(&[args, &["--output", "json"]].concat())?;
        if output.trim_ascii().is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(&output).context("the output of the AWS CLI is not JSON")
    }

    /// Runs the AWS CLI and ignores its output.
    ///
    /// # Errors
    /// If the AWS CLI fails. The error contains AWS's message.
    pub(crate) fn run(&self, args: &[&str]) -> Result<()> {
        self.output(args).map(drop)
    }

    /// Like [`AwsCli::json`], but returns `None` for an error whose message contains one of `missing`.
    pub(crate) fn find(&self, args: &[&str], missing: &[&str]) -> Result<Option<Value>> {
        match self.json(args) {
            Ok(answer) => Ok(Some(answer)),
            Err(error) if missing.iter().any(|code| error.to_string().contains(code)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns the base URL of an API Gateway API: `url` in the real AWS. An emulated API has no host name of its own.
    pub(crate) fn api_url(&self, api_id: &str, stage: &str, url: &str) -> String {
        match &self.endpoint {
            Some(endpoint) => format!("{endpoint}/_aws/execute-api/{api_id}/{stage}"),
            None => url.to_owned(),
        }
    }

    /// Returns the region, from the variables or the AWS configuration.
    pub(crate) fn region(&self) -> Result<String> {
        let ours = self.vars.iter().find(|(name, _)| *name == "AWS_DEFAULT_REGION");
        let from_env = || env::text_var("AWS_DEFAULT_REGION");
        let from_config = || command::output(&mut self.command(&["configure", "get", "region"]).ok()?);
        let region = ours.map(|(_, region)| region.clone()).or_else(from_env).or_else(from_config);
        region.context("no AWS region is configured: set AWS_REGION, or run `aws configure`")
    }

    /// Returns whether the account is emulated.
    pub(crate) fn is_emulated(&self) -> bool {
        self.endpoint.is_some()
    }

    /// Returns where the emulated AWS listens, or `None` for the real AWS.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.endpoint.as_deref()
    }

    fn command(&self, args: &[&str]) -> Result<Command> {
        let mut aws = match (&self.endpoint, &self.version_2) {
            (Some(_), _) => {
                let mut aws = self.python.program("python");
                aws.arg(env::root().join(CHECKED_AWS_CLI)).arg(request_log()?);
                aws
            }
            (None, Some(program)) => Command::new(program),
            (None, None) => self.python.program("aws"),
        };
        // Version 2 could otherwise show its output in a pager, or ask for missing arguments.
        self.set_vars(aws.args(args).env("AWS_PAGER", "").env("AWS_CLI_AUTO_PROMPT", "off"));
        Ok(aws)
    }

    fn output(&self, args: &[&str]) -> Result<Vec<u8>> {
        let output = self.command(args)?.stdin(Stdio::null()).output().context("cannot start the AWS CLI")?;
        if !output.status.success() {
            bail!("{}", aws_error::message(&String::from_utf8_lossy(&output.stderr)));
        }
        Ok(output.stdout)
    }
}

/// Returns the file with a line for each checked request: the service and the operation.
pub(crate) fn request_log() -> Result<PathBuf> {
    Ok(env::target_dir()?.join(REQUEST_LOG))
}

/// Returns whether this is the output of `aws --version` of an AWS CLI 2 that has all operations we use and knows the
/// profiles of `aws login`.
fn is_recent_version_2(output: &str) -> bool {
    let numbers = output.strip_prefix("aws-cli/2.").and_then(|version| version.split('.').next());
    numbers.and_then(|minor| minor.parse().ok()).is_some_and(|minor: u32| minor >= MIN_MINOR_VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_recent_version_2_replaces_the_aws_cli_in_tools() {
        assert!(is_recent_version_2("aws-cli/2.38.5 Python/3.14.8 Linux/6.18 exe/x86_64"));
        for other in [
            "aws-cli/1.46.3 Python/3.11.7 botocore/1.43.62",
            "aws-cli/2.9.1 Python/3.9",
            "aws-cli/20.40.0",
            "",
        ] {
            assert!(!is_recent_version_2(other), "{other}");
        }
    }
}
