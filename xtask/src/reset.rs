//! `cargo xtask reset`: deletes the local data.

use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::system::env;
use crate::system::terminal::{ask, print};

/// Deletes the local data. Asks first, unless `is_confirmed`.
pub(crate) fn run(is_confirmed: bool) -> Result<()> {
    delete(&env::root().join(".wishboard"), is_confirmed)
}

fn delete(data: &Path, is_confirmed: bool) -> Result<()> {
    if !data.exists() {
        print("There is no local data.");
        return Ok(());
    }
    let _lock = lock(data)?;
    if !is_confirmed && !confirm()? {
        print("Nothing was changed.");
        return Ok(());
    }
    fs::remove_dir_all(data).context("cannot remove the local data")?;
    print("The local data was deleted: users, messages, wishes and signing keys.");
    Ok(())
}

/// Locks the data folder. A server holds this lock while it runs.
///
/// # Errors
/// If a server is running.
fn lock(data: &Path) -> Result<File> {
    let lock = File::create(data.join("lock")).context("cannot open the local data")?;
    if lock.try_lock().is_err() {
        bail!("a Wishboard server is using the local data: stop it, then try again");
    }
    Ok(lock)
}

fn confirm() -> Result<bool> {
    let question = "Delete every user, message and wish in .wishboard/? [y/N]";
    Ok(matches!(ask(question, "cargo xtask reset --yes")?.as_str(), "y" | "Y" | "yes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_deleted_unless_a_server_is_using_it() {
        let data = std::env::temp_dir().join(format!("wishboard-reset-{}", std::process::id()));
        fs::create_dir(&data).expect("a folder");
        fs::write(data.join("wishboard.db"), "users").expect("a file");

        let server = lock(&data).expect("no server runs");
        let error = delete(&data, true).expect_err("a server runs").to_string();
        assert!(error.starts_with("a Wishboard server is using"), "{error}");
        assert!(data.join("wishboard.db").exists());

        // Dropping the file would not be enough: a child process that a parallel test starts inherits it.
        server.unlock().expect("the server stops");
        delete(&data, true).expect("the data is deleted");
        assert!(!data.exists());
        delete(&data, true).expect("nothing is left to do");
    }
}
