//! The environment of xtask: the repository's folders, environment variables and programs on PATH.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result};

/// Returns the root folder of this repository.
///
/// Cargo sets `CARGO_MANIFEST_DIR` when it runs xtask. The value from compile time is only the fallback, because
/// two clones can share one target folder.
pub(crate) fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let xtask =
            var("CARGO_MANIFEST_DIR").map_or(PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        xtask.parent().map(Path::to_path_buf).unwrap_or(xtask)
    });
    &ROOT
}

/// Returns Cargo's target folder: the folder that xtask itself was built into. This covers `CARGO_TARGET_DIR` and
/// config files as well as the default.
pub(crate) fn target_dir() -> Result<PathBuf> {
    let own = env::current_exe().context("cannot find the path of the running xtask program")?;
    let target = own.parent().and_then(Path::parent).context("xtask does not run from a target folder")?;
    Ok(target.to_path_buf())
}

/// Returns an environment variable, or `None` if it is unset or empty.
#[expect(
    clippy::disallowed_methods,
    reason = "the lint is for the API; in xtask, only this file reads the environment"
)]
pub(crate) fn var(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// Returns an environment variable as text, or `None` if it is unset or empty.
pub(crate) fn text_var(name: &str) -> Option<String> {
    var(name).map(|value| value.to_string_lossy().into_owned())
}

/// Returns the names of the environment variables in which cargo describes the package xtask.
pub(crate) fn package_var_names() -> impl Iterator<Item = OsString> {
    let is_of_package = |name: &OsString| {
        let name = name.to_string_lossy();
        ["CARGO_MANIFEST_", "CARGO_PKG_"].iter().any(|prefix| name.starts_with(prefix))
    };
    env::vars_os().map(|(name, _)| name).filter(is_of_package)
}

/// Returns the path of a program on PATH.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = var("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| is_executable(file))
}

/// Returns whether this is a file with an execute permission.
pub(crate) fn is_executable(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

/// Returns PATH with these folders put before all others.
pub(crate) fn path_starting_with(folders: &[&Path]) -> Result<OsString> {
    let path = var("PATH").unwrap_or_default();
    let first = folders.iter().map(|folder| folder.to_path_buf());
    env::join_paths(first.chain(env::split_paths(&path))).context("a folder name cannot be part of PATH")
}

/// Returns the cargo program that runs xtask.
pub(crate) fn cargo() -> OsString {
    var("CARGO").unwrap_or_else(|| OsStr::new("cargo").to_owned())
}

/// Returns whether xtask runs as root, so that it can install system packages.
pub(crate) fn is_superuser() -> bool {
    nix::unistd::geteuid().is_root()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_contains_the_workspace() {
        assert!(root().join("Cargo.lock").is_file());
    }

    #[test]
    fn only_executable_files_count_as_programs() {
        assert!(find_program("sh").is_some());
        assert!(find_program("no-such-program").is_none());
        assert!(!is_executable(root()));
    }

    #[test]
    fn given_folders_come_first_on_the_path() {
        let path = path_starting_with(&[Path::new("/first"), Path::new("/second")]).expect("plain names");
        assert!(path.to_string_lossy().starts_with("/first:/second:"));
    }
}
