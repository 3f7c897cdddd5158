//! The machine we run on: this repository's folders, the environment, the programs on PATH.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result};

/// The folder of this repository: what cargo says while it runs us. What it said while it built us may be
/// another clone with the same target folder.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let xtask =
            variable("CARGO_MANIFEST_DIR").map_or(PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        xtask.parent().map(Path::to_path_buf).unwrap_or(xtask)
    });
    &ROOT
}

/// Cargo's target folder. We were built into it, so it is right whatever chose it: CARGO_TARGET_DIR, a
/// config file of the user's or the default.
pub(crate) fn target() -> Result<PathBuf> {
    let own = env::current_exe().context("this program's own path is unknown")?;
    let target =
        own.parent().and_then(Path::parent).context("this program does not run from a target folder")?;
    Ok(target.to_path_buf())
}

/// A variable of the environment; none if it is empty.
#[expect(clippy::disallowed_methods, reason = "the rule is for the API; here, this is the only reader")]
pub(crate) fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// A program of this name on PATH.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = variable("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| is_program(file))
}

/// Whether this is a file that may be run.
pub(crate) fn is_program(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

/// PATH with these folders first.
pub(crate) fn path_with(folders: &[&Path]) -> Result<OsString> {
    let path = variable("PATH").unwrap_or_default();
    let first = folders.iter().map(|folder| folder.to_path_buf());
    env::join_paths(first.chain(env::split_paths(&path))).context("a folder's name does not fit into PATH")
}

/// The cargo that runs us.
pub(crate) fn cargo() -> OsString {
    variable("CARGO").unwrap_or_else(|| OsStr::new("cargo").to_owned())
}

/// Whether we may install packages of the system.
pub(crate) fn is_superuser() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("Cargo.lock").is_file());
    }

    #[test]
    fn a_shell_is_a_program_and_a_folder_is_not() {
        assert!(program("sh").is_some());
        assert!(program("no-such-program").is_none());
        assert!(!is_program(root()));
    }

    #[test]
    fn our_folders_come_first_on_the_path() {
        let path = path_with(&[Path::new("/first"), Path::new("/second")]).expect("plain names");
        assert!(path.to_string_lossy().starts_with("/first:/second:"));
    }
}
