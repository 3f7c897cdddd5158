//! Splits the app's wasm into chunks, which browsers load separately, and writes the JavaScript that loads them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::Options;

use crate::build::{esbuild, wasm_opt};
use crate::setup::{cargo_tools, rustup};
use crate::system::{command, env};

/// The module that loads the chunks. The wasm imports it by this name.
const LOADER: &str = "./__wasm_split.js";

/// The split app: the main wasm, its JavaScript, and the chunks.
pub(crate) struct SplitApp {
    pub(crate) main: Vec<u8>,
    /// The script that starts the main wasm and loads the chunks. It finds the chunks by their names.
    pub(crate) script: String,
    pub(crate) files: Vec<ChunkFile>,
    /// The files of each chunk, without extension. Several chunks can share a file.
    pub(crate) chunks: BTreeMap<String, Vec<String>>,
}

/// A file with code of one or several chunks.
pub(crate) struct ChunkFile {
    /// The name of the file without extension, as in the script.
    pub(crate) stem: String,
    pub(crate) wasm: Vec<u8>,
}

/// Returns the wasm that Cargo has linked. It has relocations, because the app's feature `split` is on.
pub(crate) fn linked_wasm() -> Result<Vec<u8>> {
    let path = env::target_dir()?.join(rustup::WASM_TARGET).join("web/app.wasm");
    fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
}

/// Splits the wasm at the functions that `split_point!` defines (app/src/chunks/split_point.rs).
///
/// # Errors
/// If the wasm has no relocations, or a tool fails.
pub(crate) fn split(wasm: &[u8]) -> Result<SplitApp> {
    let folder = env::target_dir()?.join("split");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let main_path = folder.join("main.wasm");
    let mut options = Options::new(wasm);
    (options.output_dir, options.main_out_path) = (&folder, &main_path);
    (options.link_name, options.main_module) = (LOADER, "./main.js");
    let split = wasm_split_cli_support::transform(options)
        .map_err(|error| anyhow!("cannot split the wasm: {error:#}"))?;
    run_wasm_bindgen(&main_path, &folder)?;
    let main_path = folder.join("main_bg.wasm");
    for wasm in split.split_modules.iter().chain([&main_path]) {
        wasm_opt::optimize(wasm)?;
    }
    let script = folder.join("main.min.js");
    esbuild::bundle(&folder.join("main.js"), &script)?;
    Ok(SplitApp {
        main: fs::read(main_path)?,
        script: fs::read_to_string(script)?,
        files: split.split_modules.into_iter().map(read_file).collect::<Result<_>>()?,
        chunks: split.prefetch_map.into_iter().collect(),
    })
}

fn run_wasm_bindgen(wasm: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = Command::new(cargo_tools::wasm_bindgen()?.find_or_install()?.join("wasm-bindgen"));
    bindgen.arg(wasm).arg("--out-dir").arg(folder).args(["--out-name", "main", "--target", "web"]);
    // The chunks import what the linker exports, and the name of the main wasm is known only later.
    bindgen.args(["--keep-lld-exports", "--omit-default-module-path", "--no-typescript"]);
    command::run(&mut bindgen, "wasm-bindgen cannot write the JavaScript of the app")
}

fn read_file(path: PathBuf) -> Result<ChunkFile> {
    let stem = path.file_stem().context("a chunk has no name")?.to_string_lossy().into_owned();
    Ok(ChunkFile { stem, wasm: fs::read(&path)? })
}
