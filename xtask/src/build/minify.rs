//! Puts the app into a site that Trunk has built: in chunks, with short names, and minified.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::build::esbuild;
use crate::build::split::{ChunkFile, SplitApp};
use crate::build::wasm_names::ShortNames;
use crate::system::sha256::hex_digest;

/// The suffix of the app's main wasm file. Trunk names the app's files `<stem>.js` and `<stem>_bg.wasm`.
const WASM_SUFFIX: &str = "_bg.wasm";
/// The file that lists what the `Link` header of each page preloads, in the format of the header. The local server and
/// `cargo xtask deploy` read it.
pub(crate) const PRELOAD_FILE: &str = "preload.txt";
/// The prefix of the names of chunks.
pub(crate) const CHUNK_PREFIX: &str = "chunk-";

/// Puts the split app in place of the app that Trunk has built, and minifies the other script.
///
/// The name of each file contains a hash of its content, because browsers cache such a file for ever. The names of the
/// chunks are in the script, so files of different builds are never mixed.
pub(crate) fn minify(site: &Path, app: SplitApp) -> Result<()> {
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
    let new_stem = format!("app-{}", hash(&[&main, script.as_bytes()]));
    let wasm_name = find_file(site, "app-", WASM_SUFFIX)?;
    let stem = wasm_name.strip_suffix(WASM_SUFFIX).context("the wasm file has an unexpected name")?;
    fs::remove_file(site.join(&wasm_name))?;
    fs::remove_file(site.join(format!("{stem}.js")))?;
    fs::write(site.join(format!("{new_stem}{WASM_SUFFIX}")), main)?;
    fs::write(site.join(format!("{new_stem}.js")), script)?;
    let page = site.join("index.html");
    let html = fs::read_to_string(&page)?.replace(stem, &new_stem);
    // start.js reads the attribute, and preloads the chunks that the first page needs.
    let html = replace_name(&html, "id=glue", &format!("id=glue data-chunks='{chunks}'"))?;
    let start_name = find_file(site, "start-", ".js")?;
    esbuild::bundle(&site.join(&start_name), &site.join(&start_name))?;
    let new_start_name = format!("start-{}.js", hash(&[&fs::read(site.join(&start_name))?]));
    fs::rename(site.join(&start_name), site.join(&new_start_name))?;
    fs::write(page, html.replace(&start_name, &new_start_name))?;
    let style_name = find_file(site, "style-", ".css")?;
    let preload = format!("</{style_name}>; rel=preload; as=style, </{new_start_name}>; rel=modulepreload");
    Ok(fs::write(site.join(PRELOAD_FILE), preload)?)
}

/// Replaces a name in a text. Fails if the text does not contain it: the site would not work, but look finished.
fn replace_name(text: &str, name: &str, new_name: &str) -> Result<String> {
    if !text.contains(name) {
        bail!("the site does not contain {name}, which the build has to replace");
    }
    Ok(text.replace(name, new_name))
}

/// Returns the final name of a file, such as `chunk-account-0123456789abcdef` for `split_account`, and
/// `chunk-shared-2-…` for `chunk_2`, which several chunks share.
fn chunk_stem(stem: &str, wasm: &[u8]) -> String {
    let purpose = match stem.strip_prefix("split_") {
        Some(purpose) => purpose.to_owned(),
        None => stem.replace("chunk_", "shared-"),
    };
    format!("{CHUNK_PREFIX}{purpose}-{}", hash(&[wasm]))
}

fn hash(parts: &[&[u8]]) -> String {
    let mut digest = hex_digest(parts);
    digest.truncate(16);
    digest
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_a_text_does_not_contain_is_an_error() {
        assert_eq!(
            replace_name("load(\"a\")", "\"a\"", "\"b\"").expect("it contains the name"),
            "load(\"b\")"
        );
        assert!(replace_name("load(\"a\")", "\"c\"", "\"b\"").is_err());
    }

    #[test]
    fn the_name_of_a_chunk_tells_its_purpose_and_contains_a_hash_of_its_content() {
        let account = chunk_stem("split_account", b"wasm");
        assert_eq!(account, format!("chunk-account-{}", hash(&[b"wasm"])));
        assert_ne!(account, chunk_stem("split_account", b"other wasm"));
        assert_eq!(chunk_stem("chunk_12", b"wasm"), format!("chunk-shared-12-{}", hash(&[b"wasm"])));
    }
}
