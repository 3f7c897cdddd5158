//! Minifies a site that Trunk has built: shortens the names shared by wasm and JavaScript, and removes what a browser
//! does not read (names of functions, comments). Program code is not changed.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::build::short_names;
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
    let (wasm, script) = short_names::shorten(&original, &fs::read_to_string(&script_path)?)?;
    let new_stem = format!("app-{}", &hex_digest(&[&wasm, script.as_bytes()])[..16]);
    fs::write(site.join(format!("{new_stem}{WASM_SUFFIX}")), wasm)?;
    fs::write(site.join(format!("{new_stem}.js")), script)?;
    let page = site.join("index.html");
    let html = fs::read_to_string(&page)?.replace(stem, &new_stem);
    fs::write(page, html)?;
    fs::remove_file(wasm_path)?;
    fs::remove_file(script_path)?;
    let start = site.join(start_name);
    fs::write(&start, without_comments(&fs::read_to_string(&start)?))?;
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

/// Removes the comment lines of a script. A comment must have a line of its own.
fn without_comments(script: &str) -> String {
    script.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("//")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_removed_and_code_stays() {
        let script = "// One.\nlet a = 'https://b'\n\n  // Two.\n  a()\n";
        assert_eq!(without_comments(script), "let a = 'https://b'\n\n  a()\n");
    }
}
