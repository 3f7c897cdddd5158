//! Node.js and the npm packages of `end2end/`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::setup::tool_versions::MIN_NODE_MAJOR_VERSION;
use crate::system::terminal::print;
use crate::system::{command, env};

/// Returns the folder of the end-to-end tests.
pub(crate) fn end2end_folder() -> PathBuf {
    env::root().join("end2end")
}

/// Checks that npm and a recent Node.js are on PATH.
pub(crate) fn require() -> Result<()> {
    let version = command::output(Command::new("node").arg("--version"));
    let major = version.as_deref().and_then(major_version);
    if major.is_none_or(|major| major < MIN_NODE_MAJOR_VERSION) || env::find_program("npm").is_none() {
        let found = version.unwrap_or_else(|| "none".to_owned());
        bail!(
            "this command needs Node.js {MIN_NODE_MAJOR_VERSION} or newer with npm (found: {found}): install it, then try again"
        );
    }
    Ok(())
}

/// Installs the packages of package-lock.json, unless they are installed.
pub(crate) fn install_packages() -> Result<()> {
    let lock = fs::read(end2end_folder().join("package-lock.json"))
        .context("cannot read end2end/package-lock.json")?;
    // This copy of the lock file is written last, and `npm ci` first removes node_modules. So the copy is missing after
    // an interrupted installation.
    let stamp = end2end_folder().join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    print("Installing the npm packages of end2end/ (once, some seconds)");
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(end2end_folder());
    // The tests use the system's Chromium. Playwright's own build is a large download.
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command::run(&mut npm, "cannot install the npm packages of end2end/ (check the network)")?;
    fs::write(&stamp, lock).context("cannot write to end2end/node_modules")
}

/// Returns a program of end2end/node_modules. Installs it if necessary.
pub(crate) fn program(name: &str) -> Result<Command> {
    require()?;
    install_packages()?;
    Ok(Command::new(end2end_folder().join("node_modules/.bin").join(name)))
}

/// Parses the major version: 20 for `v20.1.0`.
fn major_version(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major_version("v20.20.2"), Some(20));
        assert_eq!(major_version("v9.0.0"), Some(9));
        assert_eq!(major_version("20.20.2"), None);
        assert_eq!(major_version(""), None);
    }
}
