//! The release site in `dist/`.

use std::path::PathBuf;

use anyhow::Result;

use crate::build::{
    compress, crate_sizes, install_app, size_budget, size_report, split, start_script, trunk,
};
use crate::system::terminal::print;
use crate::system::{command, env};

/// Returns the folder of the release site.
pub(crate) fn dist_folder() -> PathBuf {
    env::root().join("dist")
}

/// Builds the release site, without compressed files. Returns the main wasm with the names of its functions, which the
/// file in the site does not contain.
pub(crate) fn build() -> Result<Vec<u8>> {
    let mut trunk = trunk::command("build")?;
    print("Building the site (about 3 minutes the first time)");
    trunk.args(["--release", "--features", "split"]).arg("--dist").arg(dist_folder());
    command::run(&mut trunk, "the site does not build")?;
    let app = split::split(&split::linked_wasm()?)?;
    let main = app.main.clone();
    install_app::install(&dist_folder(), app)?;
    start_script::minify(&dist_folder())?;
    Ok(main)
}

/// Builds the site as `trunk serve` does: without chunks, and not minified. Returns its folder.
pub(crate) fn build_for_development() -> Result<PathBuf> {
    let folder = env::target_dir()?.join("development-site");
    let mut trunk = trunk::command("build")?;
    command::run(trunk.arg("--dist").arg(&folder), "the site does not build")?;
    Ok(folder)
}

/// Builds the release site, compresses its files and prints their sizes.
///
/// # Errors
/// If the site does not build or exceeds the size budget.
pub(crate) fn build_within_budget() -> Result<()> {
    let wasm = build()?;
    let files = compress::compress(&dist_folder())?;
    print(&size_report::crates(crate_sizes::measure(&wasm)?));
    print(&size_report::files(&files));
    size_budget::check(&files)
}
