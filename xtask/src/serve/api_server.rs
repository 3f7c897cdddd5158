//! The API's local server as a child process.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::system::child_process::ChildProcess;
use crate::system::terminal::{is_interactive, print};
use crate::system::{command, env, http};

/// Where the API listens. Trunk forwards the requests for the API there, as configured in Trunk.toml.
pub(crate) const API_ADDRESS: &str = "127.0.0.1:3000";

/// Returns the command that builds the local server, without optimization.
pub(crate) fn build_command() -> Command {
    let mut build = command::cargo(["build", "--package", "api", "--bin", "local"]);
    if is_interactive() {
        build.env("CARGO_TERM_COLOR", "always");
    }
    build
}

/// Returns whether the API responds to the health check with 200.
pub(crate) fn is_healthy() -> bool {
    http::status_of(&format!("http://{API_ADDRESS}/api/health")) == Some(200)
}

/// Prints the address to open in a browser.
pub(crate) fn print_address(address: &str) {
    print(&format!("\nWishboard is up: http://{address} (Ctrl-C stops it)\n"));
}

/// A running server.
pub(crate) struct ApiServer {
    process: ChildProcess,
    program: PathBuf,
    /// When the running program was built.
    built_at: SystemTime,
    with_demo_data: bool,
    site: Option<PathBuf>,
}

impl ApiServer {
    /// Starts a server program. With `site`, it serves the files of that folder too.
    pub(crate) fn start(program: PathBuf, with_demo_data: bool, site: Option<PathBuf>) -> Result<Self> {
        let built_at = modified_at(&program)?;
        let mut server = Command::new(&program);
        // The data folder is relative to the working directory.
        server.current_dir(env::root()).env("WISHBOARD_ADDR", API_ADDRESS);
        server.args(with_demo_data.then_some("--demo"));
        if let Some(site) = &site {
            server.env("WISHBOARD_SITE", site);
        }
        if !is_interactive() {
            server.env("NO_COLOR", "1");
        }
        let process = ChildProcess::start("api", &mut server)?;
        Ok(Self { process, program, built_at, with_demo_data, site })
    }

    /// Restarts the server if its program was rebuilt.
    pub(crate) fn restart_if_rebuilt(&mut self) -> Result<()> {
        if modified_at(&self.program)? != self.built_at {
            print("api | Restarting");
            self.process.stop();
            *self = Self::start(self.program.clone(), self.with_demo_data, self.site.clone())?;
        }
        Ok(())
    }

    /// Returns an error if the server has exited.
    pub(crate) fn expect_running(&mut self) -> Result<()> {
        self.process.expect_running()
    }
}

fn modified_at(program: &Path) -> Result<SystemTime> {
    let modified = program.metadata().and_then(|data| data.modified());
    modified.with_context(|| format!("the build succeeded, but {} is missing", program.display()))
}
