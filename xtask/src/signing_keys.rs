//! `cargo xtask keys`: the keys that sign tokens, on this machine or of any table.

use anyhow::Result;

use crate::system::command;

/// Lists or rotates keys; the arguments are those of the API's program `keys`.
pub(crate) fn run(arguments: &[&str]) -> Result<()> {
    let mut cargo = command::cargo(["run", "--quiet", "--package", "api", "--bin", "keys", "--"]);
    command::run(cargo.args(arguments), "nothing was done about keys")
}
