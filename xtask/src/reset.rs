//! `cargo xtask reset`: forgets what was written on this machine.

use std::fs::{self, File};
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::machine;
use crate::terminal::say;

/// Empties the local data, after asking.
pub(crate) fn run(sure: bool) -> Result<()> {
    let data = machine::root().join(".wishboard");
    if !data.exists() {
        say("There is no local data.");
        return Ok(());
    }
    let _lock = unused(&data)?;
    if !sure && !agreed()? {
        say("Nothing was changed.");
        return Ok(());
    }
    fs::remove_dir_all(&data).context("the local data cannot be removed")?;
    say("The local data is gone: users, messages, wishes and keys.");
    Ok(())
}

/// A server keeps the lock for as long as it runs.
fn unused(data: &Path) -> Result<File> {
    let lock = File::create(data.join("lock")).context("the local data cannot be opened")?;
    if lock.try_lock().is_err() {
        bail!("a Wishboard is running on the local data: end it, then try again");
    }
    Ok(lock)
}

fn agreed() -> Result<bool> {
    if !io::stdin().is_terminal() {
        bail!("nobody is there to ask: `cargo xtask reset --yes` does it without asking");
    }
    print!("Remove every user, message and wish from .wishboard/? [y/N] ");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}
