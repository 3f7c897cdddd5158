//! wasm-opt of Binaryen, which makes wasm smaller than the compiler does.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::setup::node;

/// Makes a wasm file smaller. Keeps the names of functions, which the size table needs.
pub(crate) fn optimize(wasm: &Path) -> Result<()> {
    let mut wasm_opt = node::program("wasm-opt")?;
    // -Oz makes the file even smaller, but not once it is compressed.
    wasm_opt.arg(wasm).args(["-Os", "--debuginfo", "--output"]).arg(wasm);
    // Shows the messages only after a failure, because wasm-opt also warns of names that it does not know.
    let output = wasm_opt.output().context("cannot start wasm-opt")?;
    if !output.status.success() {
        bail!("wasm-opt cannot optimize the app: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
