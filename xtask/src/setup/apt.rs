//! Packages of the system: installed as root on a Debian-like system, else asked for.

use std::process::Command;

use anyhow::{Result, bail};

use crate::system::command;
use crate::system::env;
use crate::system::terminal::say;

/// Installs packages, or says what to do: `need` begins that sentence, `hint` is what to do without apt.
pub(crate) fn install(need: &str, packages: &str, hint: &str) -> Result<()> {
    let install = format!("apt-get install --yes {packages}");
    if env::program("apt-get").is_none() {
        bail!("{need}: {hint}");
    }
    if !env::is_superuser() {
        bail!("{need}: type `sudo {install}`");
    }
    say(&format!("Installing packages of the system: {install} (once, about a minute)"));
    for line in ["apt-get update", &install] {
        let mut words = line.split_whitespace();
        let mut apt = Command::new(words.next().unwrap_or_default());
        apt.args(["--quiet", "--quiet"]).args(words).env("DEBIAN_FRONTEND", "noninteractive");
        command::run(&mut apt, &format!("{need}, which could not be installed (is there a network?)"))?;
    }
    Ok(())
}
