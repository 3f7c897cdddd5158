//! Files in a folder and all folders below it.

use std::path::Path;

use anyhow::{Context, Result};
use walkdir::WalkDir;

/// Returns the sorted paths of all files below a folder, relative to it, with `/` between their parts.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
        if !entry.file_type().is_dir() {
            names.push(entry.path().strip_prefix(folder)?.to_string_lossy().into_owned());
        }
    }
    names.sort_unstable();
    Ok(names)
}
