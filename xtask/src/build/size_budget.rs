//! The size budget: the bytes that a first visit may download.

use std::path::Path;

use anyhow::{Result, bail};

use crate::build::install_app::CHUNK_PREFIX;
use crate::system::terminal::with_separators;

/// Maximum size of a first visit, in bytes of brotli.
pub(crate) const SIZE_BUDGET: usize = 125_000;
/// Maximum size of `start.js`, in bytes of brotli. The page shows no posts before the browser has loaded it.
const START_SCRIPT_BUDGET: usize = 2_500;
/// Extensions of the files that a first visit downloads.
const COUNTED_EXTENSIONS: [&str; 6] = ["html", "js", "wasm", "css", "svg", "webmanifest"];

/// The size of one file of the site.
pub(crate) struct FileSize {
    /// The path, relative to the site's folder.
    pub(crate) name: String,
    /// Bytes as built.
    pub(crate) raw: usize,
    /// Bytes after compression with brotli.
    pub(crate) brotli: usize,
}

impl FileSize {
    /// Returns whether the file counts toward the budget.
    pub(crate) fn is_counted(&self) -> bool {
        if self.name.starts_with(CHUNK_PREFIX) {
            return false;
        }
        let extension = Path::new(&self.name).extension();
        extension.is_some_and(|extension| COUNTED_EXTENSIONS.iter().any(|counted| extension == *counted))
    }
}

/// Returns the bytes of a first visit, in brotli.
pub(crate) fn total(files: &[FileSize]) -> usize {
    files.iter().filter(|file| file.is_counted()).map(|file| file.brotli).sum()
}

/// Checks the budget.
///
/// # Errors
/// If the files exceed it.
pub(crate) fn check(files: &[FileSize]) -> Result<()> {
    let start_script =
        files.iter().find(|file| file.name.starts_with("start-") && file.name.ends_with(".js"));
    if let Some(script) = start_script.filter(|script| script.brotli > START_SCRIPT_BUDGET) {
        bail!(
            "start.js exceeds its size budget: {} bytes in brotli, {} are allowed",
            with_separators(script.brotli),
            with_separators(START_SCRIPT_BUDGET)
        );
    }
    let total = total(files);
    if total > SIZE_BUDGET {
        bail!(
            "the site exceeds its size budget: {} bytes in brotli, {} are allowed; docs/size-tricks.md shows how to save bytes",
            with_separators(total),
            with_separators(SIZE_BUDGET)
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, brotli: usize) -> FileSize {
        FileSize { name: name.to_owned(), raw: 900_000, brotli }
    }

    #[test]
    fn only_files_of_a_first_visit_count() {
        let files = [
            file("app-1f.wasm", 90_000),
            file("index.html", 800),
            file("cover.png", 9),
            file("chunk-a-1f.wasm", 7),
        ];
        assert_eq!(total(&files), 90_800);
    }

    #[test]
    fn one_byte_over_the_budget_is_an_error() {
        assert!(check(&[file("app.wasm", SIZE_BUDGET)]).is_ok());
        assert!(check(&[file("app.wasm", SIZE_BUDGET), file("a.js", 1)]).is_err());
        assert!(check(&[file("start-1f.js", START_SCRIPT_BUDGET)]).is_ok());
        assert!(check(&[file("start-1f.js", START_SCRIPT_BUDGET + 1)]).is_err());
    }
}
