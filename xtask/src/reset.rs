//! `cargo xtask reset`: forgets what was written on this machine.

use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::system::env;
use crate::system::terminal::{ask, say};

/// Empties the local data, after asking.
pub(crate) fn run(sure: bool) -> Result<()> {
    empty(&env::root().join(".wishboard"), sure)
}

fn empty(data: &Path, sure: bool) -> Result<()> {
    if !data.exists() {
        say("There is no local data.");
        return Ok(());
    }
    let _lock = unused(data)?;
    if !sure && !agreed()? {
        say("Nothing was changed.");
        return Ok(());
    }
    fs::remove_dir_all(data).context("the local data cannot be removed")?;
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
    let answer =
        ask("Remove every user, message and wish from .wishboard/? [y/N]", "cargo xtask reset --yes")?;
    Ok(matches!(answer.as_str(), "y" | "Y" | "yes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_in_use_stays_and_other_data_goes() {
        let data = std::env::temp_dir().join(format!("wishboard-reset-{}", std::process::id()));
        fs::create_dir(&data).expect("a folder");
        fs::write(data.join("wishboard.db"), "people").expect("a file");

        let server = unused(&data).expect("nobody uses it");
        let refused = empty(&data, true).expect_err("a server runs").to_string();
        assert!(refused.starts_with("a Wishboard is running"), "{refused}");
        assert!(data.join("wishboard.db").exists());

        // Closing the file is not enough where another test is just starting a program: that has it, too.
        server.unlock().expect("the server ends");
        empty(&data, true).expect("it is emptied");
        assert!(!data.exists());
        empty(&data, true).expect("nothing is left to do");
    }
}
