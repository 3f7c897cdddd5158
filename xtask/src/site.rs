//! The site: what Trunk makes of the app, and what a first visit downloads of it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use brotli::CompressorWriter;

use crate::command;
use crate::machine;
use crate::terminal::say;
use crate::tools;

/// Bytes of a first visit, compressed.
const BUDGET: usize = 150_000;
/// What counts as such: files of these kinds.
const COUNTED: [&str; 6] = ["html", "js", "wasm", "css", "svg", "webmanifest"];

/// Where the release site is made.
pub(crate) fn dist() -> PathBuf {
    machine::root().join("dist")
}

/// Trunk with all it needs: the wasm target, itself, the wasm-bindgen of Cargo.lock.
pub(crate) fn trunk(subcommand: &str) -> Result<Command> {
    tools::wasm_target()?;
    let folder = tools::trunk().ready()?;
    let bindgen = tools::wasm_bindgen()?.ready()?;
    let mut trunk = Command::new(folder.join("trunk"));
    trunk.arg(subcommand).current_dir(machine::root());
    trunk.env("PATH", machine::path_with(&[&bindgen])?).env("TRUNK_SKIP_VERSION_CHECK", "true");
    // It would print its own call stack under every compile error.
    trunk.env("RUST_LIB_BACKTRACE", "0");
    if machine::variable("NO_COLOR").is_some() {
        // Any value means yes, by convention; Trunk ends at any but this one.
        trunk.env("NO_COLOR", "true");
    }
    Ok(trunk)
}

/// Makes the release site.
pub(crate) fn make() -> Result<()> {
    let mut trunk = trunk("build")?;
    say("Building the site (the first time about 3 minutes)");
    trunk.arg("--release").arg("--dist").arg(dist());
    command::run(&mut trunk, "the site does not build")
}

/// Makes the release site, compresses and weighs it. Over the budget is an error.
pub(crate) fn build() -> Result<()> {
    make()?;
    let mut files = Vec::new();
    compress(&dist(), Path::new(""), &mut files)?;
    files.sort_by(|one, other| one.name.cmp(&other.name));
    say(&table(&files));
    let sum = sum(&files);
    if sum > BUDGET {
        bail!("the site is too heavy: {} bytes in brotli, {} are allowed", grouped(sum), grouped(BUDGET));
    }
    Ok(())
}

/// A file of the site.
struct File {
    name: String,
    raw: usize,
    brotli: usize,
}

impl File {
    fn is_counted(&self) -> bool {
        Path::new(&self.name).extension().is_some_and(|kind| COUNTED.iter().any(|counted| kind == *counted))
    }
}

/// Puts a compressed file beside each file that is counted, for servers to send as it is.
fn compress(dist: &Path, below: &Path, files: &mut Vec<File>) -> Result<()> {
    let folder = dist.join(below);
    for entry in fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let entry = entry?;
        let path = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            compress(dist, &path, files)?;
        } else if path.extension().is_none_or(|kind| kind != "br") {
            let content = fs::read(entry.path())?;
            let compressed = compressed(&content)?;
            let name = path.to_string_lossy().into_owned();
            let file = File { name, raw: content.len(), brotli: compressed.len() };
            if file.is_counted() {
                fs::write(dist.join(format!("{}.br", file.name)), compressed)?;
            }
            files.push(file);
        }
    }
    Ok(())
}

/// At brotli's highest quality, 11, as files are stored for the edge.
fn compressed(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = CompressorWriter::new(Vec::new(), 4096, 11, 22);
    writer.write_all(content)?;
    Ok(writer.into_inner())
}

fn sum(files: &[File]) -> usize {
    files.iter().filter(|file| file.is_counted()).map(|file| file.brotli).sum()
}

fn table(files: &[File]) -> String {
    let mut lines = vec![format!("{:>10}  {:>10}  file", "raw", "brotli 11")];
    for file in files {
        let note = if file.is_counted() { "" } else { " (not counted)" };
        lines.push(format!("{:>10}  {:>10}  {}{note}", grouped(file.raw), grouped(file.brotli), file.name));
    }
    let raw = files.iter().filter(|file| file.is_counted()).map(|file| file.raw).sum();
    let (raw, sum, budget) = (grouped(raw), grouped(sum(files)), grouped(BUDGET));
    lines.push(format!("{raw:>10}  {sum:>10}  in all, of {budget} bytes allowed in brotli"));
    lines.join("\n")
}

/// 1234567 as 1,234,567.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, raw: usize, brotli: usize) -> File {
        File { name: name.to_owned(), raw, brotli }
    }

    #[test]
    fn numbers_are_grouped_in_threes() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn only_what_a_first_visit_needs_is_counted() {
        let files =
            [file("app-1f.wasm", 250_000, 90_000), file("index.html", 2_000, 800), file("cover.png", 9, 9)];
        assert_eq!(sum(&files), 90_800);
        let table = table(&files);
        assert!(table.contains("cover.png (not counted)"), "{table}");
        assert!(
            table.ends_with("   252,000      90,800  in all, of 150,000 bytes allowed in brotli"),
            "{table}"
        );
    }

    #[test]
    fn repetition_compresses_away() {
        let size = compressed(&[7; 100_000]).expect("memory is no file").len();
        assert!(size < 100, "{size}");
    }
}
