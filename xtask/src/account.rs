//! An AWS account, as the AWS CLI sees it. Whether it is Amazon's or an emulated one is a matter of
//! `AWS_ENDPOINT_URL`: everything else is the same.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::command;
use crate::machine;
use crate::python::Python;

const EMULATED_REGION: &str = "us-east-1";

/// See the module.
pub(crate) struct Account {
    pub(crate) python: Python,
    /// Where everything is asked, if not at Amazon.
    endpoint: Option<String>,
}

impl Account {
    /// An emulated one, by credentials that it takes for the owner's.
    pub(crate) fn emulated(python: Python, endpoint: &str) -> Self {
        Self { python, endpoint: Some(endpoint.to_owned()) }
    }

    /// What programs need to know to use it. Emulated, nothing of the developer's own account gets in.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        let Some(endpoint) = &self.endpoint else { return Vec::new() };
        [
            ("AWS_ENDPOINT_URL", endpoint.as_str()),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_SESSION_TOKEN", ""),
            ("AWS_DEFAULT_REGION", EMULATED_REGION),
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ("NO_PROXY", "127.0.0.1"),
        ]
        .map(|(name, value)| (name, value.to_owned()))
        .into()
    }

    /// The AWS CLI with these arguments.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut aws = self.python.program("aws");
        aws.args(arguments).env("AWS_PAGER", "").env_remove("AWS_PROFILE").envs(self.environment());
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

    fn run(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        let output = self.command(arguments).stdin(Stdio::null()).output();
        let output = output.context("the AWS CLI does not start")?;
        if !output.status.success() {
            bail!("AWS: {}", String::from_utf8_lossy(&output.stderr).trim());
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
        if self.is_emulated() {
            return Ok(EMULATED_REGION.to_owned());
        }
        let named = ["AWS_REGION", "AWS_DEFAULT_REGION"].into_iter().find_map(machine::variable);
        let named = named.map(|name| name.to_string_lossy().into_owned());
        let configured = || command::output(&mut self.command(&["configure", "get", "region"]));
        named.or_else(configured).context("no AWS region is chosen: set AWS_REGION, or type `aws configure`")
    }

    /// Whether it is not Amazon's.
    pub(crate) fn is_emulated(&self) -> bool {
        self.endpoint.is_some()
    }
}
