//! `cargo xtask keys`: lists or rotates the signing keys of the local data or of a table in AWS.

use anyhow::Result;

use crate::system::command;

/// Runs the API's program `keys` with these arguments.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let mut keys = command::cargo(["run", "--quiet", "--package", "api", "--bin", "keys", "--"]);
    command::run(keys.args(args), "cannot list or rotate the signing keys")
}
