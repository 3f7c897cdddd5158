//! An AWS on this machine, on one port of loopback: ministack. It holds everything in memory and forgets it at the end.
//!
//! It makes the resources of the template, serves both kinds of API Gateway with their authorizers, runs the functions
//! as Lambda does, each with the rights of its role, and serves CloudFront.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::deploy::aws_cli::Account;
use crate::setup::python::Python;
use crate::system::child_process::Service;
use crate::system::env;
use crate::system::port;

/// It is up in two seconds when the machine has nothing else to do.
const PATIENCE: Duration = Duration::from_secs(60);
const TICK: Duration = Duration::from_millis(100);

/// A running one. Ends when dropped, with all it started.
pub(crate) struct Emulator {
    service: Service,
    python: Python,
    /// Where it is asked.
    pub(crate) url: String,
}

impl Emulator {
    /// Starts it and waits until it answers. `port` is free.
    pub(crate) fn start(python: Python, port: u16) -> Result<Self> {
        let address = format!("127.0.0.1:{port}");
        let url = format!("http://{address}");
        // It unpacks the functions' code into the folder for temporary files.
        let folder = env::target()?.join("aws");
        fs::create_dir_all(&folder).context("the target folder cannot be written")?;
        let mut ministack = python.program("python");
        ministack.args(["-m", "ministack"]).current_dir(&folder);
        // Nothing of the developer's own account gets in. Node runs CloudFront's functions, so PATH has to.
        ministack.env_clear().env("PATH", env::variable("PATH").unwrap_or_default());
        ministack.env("HOME", &folder).env("TMPDIR", &folder).env("AWS_ENDPOINT_URL", &url);
        ministack.env("BIND_HOST", "127.0.0.1").env("GATEWAY_PORT", port.to_string());
        ministack.env("IOT_MTLS_ENABLED", "0").env("LOG_LEVEL", "WARNING");
        // Roles and their policies count.
        ministack.env("AUTH", "true");
        let mut service = Service::start("aws", &mut ministack)?;
        let end = Instant::now() + PATIENCE;
        while port::status(&address, "/_ministack/health") != Some(200) {
            service.expect_running()?;
            if Instant::now() > end {
                bail!("the emulated AWS does not answer at {url}");
            }
            thread::sleep(TICK);
        }
        Ok(Self { service, python, url })
    }

    /// The account that everything in it belongs to.
    pub(crate) fn account(&self) -> Account {
        Account::emulated(self.python.clone(), &self.url)
    }

    /// An error if it has ended.
    pub(crate) fn expect_running(&mut self) -> Result<()> {
        self.service.expect_running()
    }
}
