//! Minifies a site that Trunk has built: shortens the names shared by wasm and JavaScript, removes the names of
//! functions, which a browser does not read, and minifies the scripts with esbuild.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::build::short_names;
use crate::setup::node;
use crate::system::command;
use crate::system::sha256::hex_digest;

/// The suffix of the app's wasm file. Trunk names the app's files `<stem>.js` and `<stem>_bg.wasm`.
const WASM_SUFFIX: &str = "_bg.wasm";

/// Minifies the files of a site in place and returns the wasm as Trunk has built it.
///
/// The app's files get a new hash in their names, because browsers cache a name with a hash for ever.
pub(crate) fn minify(site: &Path) -> Result<Vec<u8>> {
    let wasm_name = find_file(site, "app-", WASM_SUFFIX)?;
    let start_name = find_file(site, "start-", ".js")?;
    let stem = wasm_name.strip_suffix(WASM_SUFFIX).context("the wasm file has an unexpected name")?;
    let (wasm_path, script_path) = (site.join(&wasm_name), site.join(format!("{stem}.js")));
    let original = fs::read(&wasm_path)?;
    minify_script(&script_path)?;
    minify_script(&site.join(start_name))?;
    let (wasm, script) = short_names::shorten(&original, &fs::read_to_string(&script_path)?)?;
    let new_stem = format!("app-{}", &hex_digest(&[&wasm, script.as_bytes()])[..16]);
    fs::write(site.join(format!("{new_stem}{WASM_SUFFIX}")), wasm)?;
    fs::write(site.join(format!("{new_stem}.js")), script)?;
    let page = site.join("index.html");
    let html = fs::read_to_string(&page)?.replace(stem, &new_stem);
    fs::write(page, html)?;
    fs::remove_file(wasm_path)?;
    fs::remove_file(script_path)?;
    Ok(original)
}

/// Returns the name of the file with this prefix and suffix.
fn find_file(site: &Path, prefix: &str, suffix: &str) -> Result<String> {
    let entries = fs::read_dir(site).with_context(|| format!("cannot read {}", site.display()))?;
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with(prefix) && name.ends_with(suffix) {
            return Ok(name);
        }
    }
    bail!("{} does not contain {prefix}*{suffix}", site.display())
}

/// Minifies a script in place.
fn minify_script(script: &Path) -> Result<()> {
    let mut esbuild = node::program("esbuild")?;
    esbuild.arg(script).args(["--minify", "--target=es2022", "--log-level=warning", "--allow-overwrite"]);
    esbuild.arg(format!("--outfile={}", script.display()));
    command::run(&mut esbuild, "esbuild cannot minify a script")
}
