//! wasm-opt of Binaryen, which makes wasm smaller than the compiler does.

use std::path::Path;

use anyhow::Result;

use crate::setup::node;
use crate::system::command;

/// Makes a wasm file smaller. Keeps the names of functions, which the size table needs.
pub(crate) fn optimize(wasm: &Path) -> Result<()> {
    let mut wasm_opt = node::program("wasm-opt")?;
    // -Oz makes the file smaller still, but not once it is compressed. --quiet suppresses a warning about a part of the
    // names that wasm-opt does not know.
    wasm_opt.arg(wasm).args(["-Os", "--debuginfo", "--quiet", "--output"]).arg(wasm);
    command::run(&mut wasm_opt, "wasm-opt cannot optimize the app")
}
