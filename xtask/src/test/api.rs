//! The suite `api`: all tests that need only cargo.

use anyhow::Result;

use crate::system::command;
use crate::system::terminal::print;

/// Tests `api` and `shared`, and without arguments also `xtask`.
///
/// A separate cargo command tests `xtask`. In the same command, half of the API's dependencies would get other features
/// and be compiled twice.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    print("Running the tests of the crates `api` and `shared`");
    let mut cargo = command::cargo(["test", "--package", "api", "--package", "shared"]);
    command::run(cargo.args(args), "a test of the crate `api` or `shared` failed")?;
    if args.is_empty() {
        print("Running the tests of the crate `xtask`");
        command::run(
            &mut command::cargo(["test", "--package", "xtask"]),
            "a test of the crate `xtask` failed",
        )?;
    }
    Ok(())
}
