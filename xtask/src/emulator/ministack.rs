//! ministack, an AWS emulator on one local port. It keeps everything in memory.
//!
//! It creates the template's resources, enforces both kinds of authorizers and the policies of roles, runs the Lambda
//! functions, and serves CloudFront.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::deploy::aws_cli::AwsCli;
use crate::setup::python::PythonEnv;
use crate::system::child_process::ChildProcess;
use crate::system::poll::Poll;
use crate::system::{env, http};

/// ministack starts in two seconds on an idle machine.
const START_POLL: Poll = Poll { interval: Duration::from_millis(100), timeout: Duration::from_secs(60) };

/// A running emulator. Dropping it stops it and all Lambda functions.
pub(crate) struct Ministack {
    process: ChildProcess,
    python: PythonEnv,
    url: String,
}

impl Ministack {
    /// Starts the emulator on this port, which must be free, and waits until it responds.
    pub(crate) fn start(python: PythonEnv, port: u16) -> Result<Self> {
        let url = format!("http://127.0.0.1:{port}");
        let folder = env::target_dir()?.join("aws");
        fs::create_dir_all(&folder).context("cannot write to the target folder")?;
        let mut ministack = python.program("python");
        ministack.args(["-m", "ministack"]).current_dir(&folder);
        // An empty environment keeps the user's AWS configuration away from the emulator. PATH is needed to find
        // Node.js, which runs the CloudFront functions.
        ministack.env_clear().env("PATH", env::var("PATH").unwrap_or_default());
        // It unpacks the code of functions into TMPDIR.
        ministack.env("HOME", &folder).env("TMPDIR", &folder).env("AWS_ENDPOINT_URL", &url);
        ministack.env("BIND_HOST", "127.0.0.1").env("GATEWAY_PORT", port.to_string());
        ministack.env("IOT_MTLS_ENABLED", "0").env("LOG_LEVEL", "WARNING");
        // Enforces the policies of roles and users.
        ministack.env("AUTH", "true");
        let mut process = ChildProcess::start("aws", &mut ministack)?;
        let health = format!("{url}/_ministack/health");
        let started = START_POLL.until(|| {
            process.expect_running()?;
            Ok((http::status_of(&health) == Some(200)).then_some(()))
        })?;
        if started.is_none() {
            bail!("the emulated AWS does not respond at {url}");
        }
        Ok(Self { process, python, url })
    }

    /// Returns the AWS CLI for the emulator's account.
    pub(crate) fn aws_cli(&self) -> AwsCli {
        AwsCli::emulated(self.python.clone(), &self.url)
    }

    /// Returns an error if the emulator has exited.
    pub(crate) fn expect_running(&mut self) -> Result<()> {
        self.process.expect_running()
    }
}
