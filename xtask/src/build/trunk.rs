//! The command line of Trunk, which builds and serves the app.

use std::process::Command;

use anyhow::Result;

use crate::setup::{cargo_tools, rustup};
use crate::system::env;

/// Returns a Trunk command. Installs what it needs: the wasm target, Trunk, and the wasm-bindgen version in Cargo.lock.
pub(crate) fn command(subcommand: &str) -> Result<Command> {
    rustup::install_target(rustup::WASM_TARGET)?;
    let folder = cargo_tools::trunk().find_or_install()?;
    let bindgen = cargo_tools::wasm_bindgen()?.find_or_install()?;
    let mut trunk = Command::new(folder.join("trunk"));
    trunk.arg(subcommand).current_dir(env::root());
    trunk.env("PATH", env::path_starting_with(&[&bindgen])?).env("TRUNK_SKIP_VERSION_CHECK", "true");
    // With a backtrace, Trunk prints its own call stack below each compile error.
    trunk.env("RUST_LIB_BACKTRACE", "0");
    if env::var("NO_COLOR").is_some() {
        // By convention any value turns colours off, but Trunk accepts only `true`.
        trunk.env("NO_COLOR", "true");
    }
    Ok(trunk)
}
