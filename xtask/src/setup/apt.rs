//! Installs system packages with apt. Without root or apt, the error names what the user has to install.

use std::process::Command;

use anyhow::{Result, bail};

use crate::system::terminal::print;
use crate::system::{command, env};

/// Installs packages, separated by spaces.
///
/// # Errors
/// If xtask does not run as root, apt is missing, or apt fails. `need` is the first part of the error message, for
/// example "the browser tests need Chromium"; `without_apt` says what to do on a system without apt.
pub(crate) fn install(packages: &str, need: &str, without_apt: &str) -> Result<()> {
    let install = format!("apt-get install --yes {packages}");
    if env::find_program("apt-get").is_none() {
        bail!("{need}: {without_apt}");
    }
    if !env::is_superuser() {
        bail!("{need}: run `sudo {install}`");
    }
    print(&format!("Installing system packages: {install} (once, about a minute)"));
    for line in ["apt-get update", &install] {
        let mut words = line.split_whitespace();
        let mut apt = Command::new(words.next().unwrap_or_default());
        apt.args(["--quiet", "--quiet"]).args(words).env("DEBIAN_FRONTEND", "noninteractive");
        command::run(&mut apt, &format!("{need}, which cannot be installed (check the network)"))?;
    }
    Ok(())
}
