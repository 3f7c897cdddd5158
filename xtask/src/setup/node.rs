//! Node.js and the packages of `end2end/`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::system::command;
use crate::system::env;
use crate::system::terminal::say;

/// Below this, Playwright does not start.
const OLDEST: u32 = 20;

/// The folder of the journeys.
pub(crate) fn folder() -> PathBuf {
    env::root().join("end2end")
}

/// Node is there, and new enough.
pub(crate) fn ready() -> Result<()> {
    let version = command::output(Command::new("node").arg("--version"));
    let major = version.as_deref().and_then(major);
    if major.is_none_or(|major| major < OLDEST) || env::program("npm").is_none() {
        let found = version.unwrap_or_else(|| "none".to_owned());
        bail!(
            "the journeys need Node.js {OLDEST} or newer with npm (found: {found}): install it, then try again"
        );
    }
    Ok(())
}

/// Installs the packages of package-lock.json, unless the last installation was of the same.
pub(crate) fn packages() -> Result<()> {
    let lock =
        fs::read(folder().join("package-lock.json")).context("end2end/package-lock.json cannot be read")?;
    // `npm ci` begins by removing node_modules, this stamp with it: an interrupted installation has none.
    let stamp = folder().join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    say("Installing the packages of end2end/ (once, some seconds)");
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(folder());
    // Chromium comes from the system: Playwright's own build is a large download.
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    command::run(&mut npm, "the packages of end2end/ could not be installed, which needs the network")?;
    fs::write(&stamp, lock).context("end2end/node_modules cannot be written")
}

/// `v20.1.0` is 20.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v9.0.0"), Some(9));
        assert_eq!(major("20.20.2"), None);
        assert_eq!(major(""), None);
    }
}
