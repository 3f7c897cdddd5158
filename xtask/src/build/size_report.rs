//! Tables of the site's sizes, for the terminal.

use crate::build::crate_sizes::{CrateSize, WasmSizes};
use crate::build::size_budget::{FileSize, SIZE_BUDGET, total};
use crate::system::terminal::with_separators;

/// Maximum number of crates with a line of their own.
const MAX_CRATE_LINES: usize = 10;

/// Returns a table of all files with their sizes, and the total beside the budget.
pub(crate) fn files(files: &[FileSize]) -> String {
    let mut lines = vec![line("raw", "brotli 11", "file")];
    for file in files {
        let note = if file.is_counted() { "" } else { " (not counted)" };
        let name = format!("{}{note}", file.name);
        lines.push(line(&with_separators(file.raw), &with_separators(file.brotli), &name));
    }
    let raw = files.iter().filter(|file| file.is_counted()).map(|file| file.raw).sum();
    let summary = format!("total; the size budget is {} bytes in brotli", with_separators(SIZE_BUDGET));
    lines.push(line(&with_separators(raw), &with_separators(total(files)), &summary));
    lines.join("\n")
}

/// Returns a table of the crates in the wasm, the largest first, and the size of its constants.
pub(crate) fn crates(sizes: WasmSizes) -> String {
    let mut crates = sizes.crates;
    let rest = crates.split_off(MAX_CRATE_LINES.min(crates.len()));
    crates.push(CrateSize {
        name: format!("{} other crates", rest.len()),
        bytes: rest.iter().map(|size| size.bytes).sum(),
        functions: rest.iter().map(|size| size.functions).sum(),
    });
    let mut lines = vec![line("raw", "functions", "wasm by crate")];
    for size in crates {
        lines.push(line(&with_separators(size.bytes), &with_separators(size.functions), &size.name));
    }
    lines.push(line(&with_separators(sizes.constants), "", "constants: strings and tables"));
    lines.join("\n")
}

fn line(first: &str, second: &str, text: &str) -> String {
    format!("{first:>10}  {second:>10}  {text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, raw: usize, brotli: usize) -> FileSize {
        FileSize { name: name.to_owned(), raw, brotli }
    }

    #[test]
    fn the_last_line_has_the_total_and_the_budget() {
        let table = files(&[
            file("app-1f.wasm", 250_000, 90_000),
            file("index.html", 2_000, 800),
            file("cover.png", 9, 9),
        ]);
        assert!(table.contains("cover.png (not counted)"), "{table}");
        let budget = with_separators(SIZE_BUDGET);
        let last = format!("   252,000      90,800  total; the size budget is {budget} bytes in brotli");
        assert!(table.ends_with(&last), "{table}");
    }

    #[test]
    fn small_crates_share_a_line() {
        let crates = (0..12).map(|n| CrateSize { name: format!("crate{n}"), bytes: 1_000, functions: 2 });
        let table = super::crates(WasmSizes { crates: crates.collect(), constants: 7 });
        assert!(table.contains("     2,000           4  2 other crates"), "{table}");
        assert!(!table.contains("crate10"), "{table}");
    }
}
