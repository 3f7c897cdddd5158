//! Minifies `start.js` in the site, and lists the files that each page preloads.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::build::esbuild;
use crate::build::file_names::{content_hash, find_file, replace_name};

/// The file that lists what the `Link` header of each page preloads, in the format of the header. The local server and
/// `cargo xtask deploy` read it.
pub(crate) const PRELOAD_FILE: &str = "preload.txt";

/// Minifies `start.js` and writes the list of the files to preload.
pub(crate) fn minify(site: &Path) -> Result<()> {
    let name = find_file(site, "start-", ".js")?;
    let script = site.join(&name);
    esbuild::bundle(&script, &script)?;
    let new_name = format!("start-{}.js", content_hash(&[&fs::read(&script)?]));
    fs::rename(script, site.join(&new_name))?;
    let page = site.join("index.html");
    fs::write(&page, replace_name(&fs::read_to_string(&page)?, &name, &new_name)?)?;
    let style_name = find_file(site, "style-", ".css")?;
    let preload = format!("</{style_name}>; rel=preload; as=style, </{new_name}>; rel=modulepreload");
    Ok(fs::write(site.join(PRELOAD_FILE), preload)?)
}
