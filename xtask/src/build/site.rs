//! The site: what Trunk makes of the app.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::build::size_budget;
use crate::build::wasm_names;
use crate::setup::cargo_tools;
use crate::system::command;
use crate::system::env;
use crate::system::terminal::say;

/// Where the release site is made.
pub(crate) fn dist() -> PathBuf {
    env::root().join("dist")
}

/// Trunk with all it needs: the wasm target, itself, the wasm-bindgen of Cargo.lock.
pub(crate) fn trunk(subcommand: &str) -> Result<Command> {
    cargo_tools::wasm_target()?;
    let folder = cargo_tools::trunk().ready()?;
    let bindgen = cargo_tools::wasm_bindgen()?.ready()?;
    let mut trunk = Command::new(folder.join("trunk"));
    trunk.arg(subcommand).current_dir(env::root());
    trunk.env("PATH", env::path_with(&[&bindgen])?).env("TRUNK_SKIP_VERSION_CHECK", "true");
    // It would print its own call stack under every compile error.
    trunk.env("RUST_LIB_BACKTRACE", "0");
    if env::variable("NO_COLOR").is_some() {
        // Any value means yes, by convention; Trunk ends at any but this one.
        trunk.env("NO_COLOR", "true");
    }
    Ok(trunk)
}

/// Makes the release site. Returns the wasm with the names of its functions, which the site's has not.
pub(crate) fn make() -> Result<Vec<u8>> {
    let mut trunk = trunk("build")?;
    say("Building the site (the first time about 3 minutes)");
    trunk.arg("--release").arg("--dist").arg(dist());
    command::run(&mut trunk, "the site does not build")?;
    wasm_names::shorten(&dist())
}

/// Makes the release site, compresses and weighs it. Over the budget is an error.
pub(crate) fn build() -> Result<()> {
    let wasm = make()?;
    let files = size_budget::compress(&dist())?;
    say(&size_budget::made_of(&wasm)?);
    say(&size_budget::table(&files));
    size_budget::check(&files)
}
