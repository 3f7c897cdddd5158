//! Puts the split app into the site in place of the app that Trunk has built.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::build::file_names::{content_hash, find_file, replace_name};
use crate::build::shorten_wasm_names::ShortNames;
use crate::build::split::{ChunkFile, SplitApp};

/// The suffix of the app's main wasm file. Trunk names the app's files `<stem>.js` and `<stem>_bg.wasm`.
const WASM_SUFFIX: &str = "_bg.wasm";
/// The prefix of the names of chunks.
pub(crate) const CHUNK_PREFIX: &str = "chunk-";

/// Writes the files of the app, with short names for imports and exports, and puts their names into the page.
///
/// The names of the chunks are in the script, so files of different builds are never mixed.
pub(crate) fn install(site: &Path, app: SplitApp) -> Result<()> {
    let mut names = ShortNames::default();
    let main = names.shorten_in_wasm(&app.main)?;
    let (mut script, mut chunks) = (app.script, serde_json::to_string(&app.chunks)?);
    for ChunkFile { stem, wasm } in app.files {
        let wasm = names.shorten_in_wasm(&wasm)?;
        let new_stem = chunk_stem(&stem, &wasm);
        // Both texts contain the name in quotes.
        script = replace_name(&script, &format!("{stem}.wasm\""), &format!("{new_stem}.wasm\""))?;
        chunks = replace_name(&chunks, &format!("\"{stem}\""), &format!("\"{new_stem}\""))?;
        fs::write(site.join(format!("{new_stem}.wasm")), wasm)?;
    }
    let script = names.shorten_in_script(&script);
    let new_stem = format!("app-{}", content_hash(&[&main, script.as_bytes()]));
    let wasm_name = find_file(site, "app-", WASM_SUFFIX)?;
    let stem = wasm_name.strip_suffix(WASM_SUFFIX).context("the wasm file has an unexpected name")?;
    fs::remove_file(site.join(&wasm_name))?;
    fs::remove_file(site.join(format!("{stem}.js")))?;
    fs::write(site.join(format!("{new_stem}{WASM_SUFFIX}")), main)?;
    fs::write(site.join(format!("{new_stem}.js")), script)?;
    let page = site.join("index.html");
    let html = replace_name(&fs::read_to_string(&page)?, stem, &new_stem)?;
    // start.js reads the attribute, and preloads the chunks that the first page needs.
    let html = replace_name(&html, "id=glue", &format!("id=glue data-chunks='{chunks}'"))?;
    Ok(fs::write(page, html)?)
}

/// Returns the final name of a file, such as `chunk-account-0123456789abcdef` for `split_account`, and
/// `chunk-shared-2-…` for `chunk_2`, which several chunks share.
fn chunk_stem(stem: &str, wasm: &[u8]) -> String {
    let purpose = match stem.strip_prefix("split_") {
        Some(purpose) => purpose.to_owned(),
        None => stem.replace("chunk_", "shared-"),
    };
    format!("{CHUNK_PREFIX}{purpose}-{}", content_hash(&[wasm]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_chunk_tells_its_purpose_and_contains_a_hash_of_its_content() {
        let account = chunk_stem("split_account", b"wasm");
        assert_eq!(account, format!("chunk-account-{}", content_hash(&[b"wasm"])));
        assert_ne!(account, chunk_stem("split_account", b"other wasm"));
        assert_eq!(chunk_stem("chunk_12", b"wasm"), format!("chunk-shared-12-{}", content_hash(&[b"wasm"])));
    }
}
