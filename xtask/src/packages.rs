//! Packages of the system: installed as root on a Debian-like system, else asked for.

use std::process::Command;

use anyhow::{Result, bail};

use crate::command;
use crate::machine;
use crate::terminal::say;

/// Installs packages, or says how to. `what` is what needs them, as the subject of a sentence.
pub(crate) fn install(what: &str, packages: &str) -> Result<()> {
    let install = format!("apt-get install --yes {packages}");
    if machine::program("apt-get").is_none() {
        bail!("{what} needs what Debian has in its packages {packages}: install that, then try again");
    }
    if !machine::is_superuser() {
        bail!("{what} needs packages of the system: type `sudo {install}`");
    }
    say(&format!("Installing packages of the system: {install} (once, about a minute)"));
    for line in ["apt-get update", &install] {
        let mut words = line.split_whitespace();
        let mut apt = Command::new(words.next().unwrap_or_default());
        apt.args(["--quiet", "--quiet"]).args(words).env("DEBIAN_FRONTEND", "noninteractive");
        command::run(&mut apt, &format!("{what} needs packages that could not be installed (no network?)"))?;
    }
    Ok(())
}
