//! A stack that is deployed and destroyed by a user with the permissions of deploy/deployer.json.

use std::process::Command;

use crate::artifacts::Artifacts;
use crate::aws::endpoint;
use crate::deployer::Deployer;
use crate::tls_proxy::TlsProxy;

/// The stack of one test, and what its commands need.
pub struct Deployment {
    stack: &'static str,
    artifacts: Artifacts,
    deployer: Deployer,
    /// Forwards the commands' requests to the emulated AWS.
    pub proxy: TlsProxy,
}

impl Deployment {
    /// Prepares a stack that does not exist yet.
    pub fn of(stack: &'static str) -> Self {
        let proxy = TlsProxy::start(endpoint().trim_start_matches("http://"));
        Self { stack, artifacts: Artifacts::create(stack), deployer: Deployer::create(stack), proxy }
    }

    /// Returns the command that deploys a version of the site.
    pub fn deploy(&self, version: u8, args: &[&str]) -> Command {
        let folder = self.artifacts.with_version(version);
        self.command(&[&["deploy", "--stack", self.stack, "--from", folder], args].concat())
    }

    /// Returns the command that destroys the stack.
    pub fn destroy(&self, args: &[&str]) -> Command {
        self.command(&[&["destroy", "--stack", self.stack, "--yes"], args].concat())
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = self.deployer.xtask(args);
        command.env("AWS_ENDPOINT_URL", &self.proxy.url);
        command
    }
}
