//! Parts of the Rust toolchain that rustup installs.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::system::terminal::print;
use crate::system::{command, env};

/// The compilation target of the app.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Installs Rust's standard library for a compilation target, unless it is installed.
pub(crate) fn install_target(target: &str) -> Result<()> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", target]).current_dir(env::root());
    if command::output(&mut rustc).is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    run(&["target", "add", target])
}

/// Installs rustfmt and clippy, unless they are installed.
pub(crate) fn install_linters() -> Result<()> {
    let is_missing = |subcommand| command::output(&mut command::cargo([subcommand, "--version"])).is_none();
    if is_missing("fmt") || is_missing("clippy") {
        run(&["component", "add", "rustfmt", "clippy"])?;
    }
    Ok(())
}

fn run(args: &[&str]) -> Result<()> {
    let line = format!("rustup {}", args.join(" "));
    if env::find_program("rustup").is_none() {
        bail!("a part of the Rust toolchain is missing: install Rust with rustup, then run `{line}`");
    }
    print(&format!("Installing a part of the Rust toolchain: {line} (once, some seconds)"));
    let mut rustup = Command::new("rustup");
    rustup.args(args).current_dir(env::root());
    command::run(&mut rustup, "rustup cannot install a part of the Rust toolchain (check the network)")
}
