//! Programs that run to their end.

use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::system::env;

/// Cargo, in the folder of this repository.
pub(crate) fn cargo<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = Command::new(env::cargo());
    command.args(arguments).current_dir(env::root());
    command
}

/// Runs a command, its output shown. `what` begins the sentence that tells of a failure.
pub(crate) fn run(command: &mut Command, what: &str) -> Result<()> {
    let program = Path::new(command.get_program());
    let program = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    let status = match command.status() {
        Ok(status) => status,
        Err(error) if error.kind() == ErrorKind::NotFound => bail!("{what}: there is no `{program}` here"),
        Err(error) => return Err(error).with_context(|| format!("{what}: `{program}` does not start")),
    };
    if !status.success() {
        bail!("{what}: `{program}` says why above ({status})");
    }
    Ok(())
}

/// What a command prints, if it can be run and succeeds.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
