//! esbuild, which minifies JavaScript. Trunk does not minify modules.

use std::path::Path;

use anyhow::Result;

use crate::setup::node;
use crate::system::command;

/// Writes a module and everything that it imports as one minified module. Both paths may be the same.
pub(crate) fn bundle(module: &Path, output: &Path) -> Result<()> {
    let mut esbuild = node::program("esbuild")?;
    esbuild.arg(module).args(["--bundle", "--format=esm", "--minify", "--target=es2022"]);
    // wasm-bindgen lists the module that loads the chunks once for each chunk, always with the same value.
    esbuild.args(["--log-level=warning", "--log-override:duplicate-object-key=silent", "--allow-overwrite"]);
    esbuild.arg(format!("--outfile={}", output.display()));
    command::run(&mut esbuild, "esbuild cannot minify a script")
}
