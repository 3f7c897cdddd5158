//! Runs a program and waits until it exits.

use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::system::env;

/// Returns a cargo command that runs in the repository's root folder.
///
/// It does not inherit the variables that describe the package xtask. With them, build scripts that read these
/// variables, such as that of the crate ring, would run again each time.
pub(crate) fn cargo<const N: usize>(args: [&str; N]) -> Command {
    let mut command = Command::new(env::cargo());
    command.args(args).current_dir(env::root());
    for name in env::package_var_names() {
        command.env_remove(name);
    }
    command
}

/// Runs a command and shows its output in the terminal.
///
/// # Errors
/// If the program does not start or exits with a failure. `failure` is the first part of the error message, for
/// example "the site does not build".
pub(crate) fn run(command: &mut Command, failure: &str) -> Result<()> {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    let status = match command.status() {
        Ok(status) => status,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("{failure}: the program `{program}` was not found")
        }
        Err(error) => return Err(error).with_context(|| format!("{failure}: cannot start `{program}`")),
    };
    if !status.success() {
        bail!("{failure}: `{program}` failed ({status}); its output above has the cause");
    }
    Ok(())
}

/// Returns the trimmed standard output of a command, or `None` if it does not start or fails.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
