//! What a first visit downloads, and what the wasm in it is made of.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use brotli::CompressorWriter;
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// Bytes of a first visit, compressed.
const BUDGET: usize = 165_000;
/// What counts as such: files of these kinds.
const COUNTED: [&str; 6] = ["html", "js", "wasm", "css", "svg", "webmanifest"];
/// How many crates are told apart.
const CRATES: usize = 10;

/// A file of the site.
pub(crate) struct File {
    name: String,
    raw: usize,
    brotli: usize,
}

impl File {
    fn is_counted(&self) -> bool {
        Path::new(&self.name).extension().is_some_and(|kind| COUNTED.iter().any(|counted| kind == *counted))
    }
}

/// Puts a compressed file beside each file of a folder that is counted, for servers to send as it is.
pub(crate) fn compress(site: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    compress_below(site, Path::new(""), &mut files)?;
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

fn compress_below(site: &Path, below: &Path, files: &mut Vec<File>) -> Result<()> {
    let folder = site.join(below);
    for entry in fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let entry = entry?;
        let path = below.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            compress_below(site, &path, files)?;
        } else if path.extension().is_none_or(|kind| kind != "br") {
            let content = fs::read(entry.path())?;
            let compressed = compressed(&content)?;
            let name = path.to_string_lossy().into_owned();
            let file = File { name, raw: content.len(), brotli: compressed.len() };
            if file.is_counted() {
                fs::write(site.join(format!("{}.br", file.name)), compressed)?;
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

/// Over the budget is an error.
pub(crate) fn check(files: &[File]) -> Result<()> {
    let sum = sum(files);
    if sum > BUDGET {
        bail!("the site is too heavy: {} bytes in brotli, {} are allowed", grouped(sum), grouped(BUDGET));
    }
    Ok(())
}

fn sum(files: &[File]) -> usize {
    files.iter().filter(|file| file.is_counted()).map(|file| file.brotli).sum()
}

/// The files with their weight, for people.
pub(crate) fn table(files: &[File]) -> String {
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

/// What the wasm is made of, for people: the code of each crate, the largest first, and the constants.
///
/// # Errors
/// If it is no wasm.
pub(crate) fn made_of(wasm: &[u8]) -> Result<String> {
    let (functions, data) = functions(wasm)?;
    let mut crates = BTreeMap::<String, (usize, usize)>::new();
    for (name, bytes) in functions {
        let (sum, many) = crates.entry(crate_of(&name).to_owned()).or_default();
        *sum += bytes;
        *many += 1;
    }
    let mut crates: Vec<_> = crates.into_iter().collect();
    crates.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    let rest = crates.split_off(CRATES.min(crates.len()));
    let others = rest.iter().fold((0, 0), |(sum, many), (_, other)| (sum + other.0, many + other.1));
    crates.push((format!("{} others", rest.len()), others));
    let mut lines = vec![format!("{:>10}  {:>10}  wasm by crate", "raw", "functions")];
    for (name, (bytes, many)) in crates {
        lines.push(format!("{:>10}  {:>10}  {name}", grouped(bytes), grouped(many)));
    }
    lines.push(format!("{:>10}  {:>10}  constants: texts, tables", grouped(data), ""));
    Ok(lines.join("\n"))
}

/// Each function's name and bytes, and the bytes of the constants.
fn functions(wasm: &[u8]) -> Result<(Vec<(String, usize)>, usize)> {
    let (mut imported, mut data, mut sizes, mut names) = (0, 0, Vec::new(), HashMap::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.as_bytes().len()),
            Payload::DataSection(section) => {
                data = usize::try_from(section.range().end - section.range().start)?
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(all) = section.as_known() {
                    for some in all {
                        if let Name::Function(map) = some? {
                            for naming in map {
                                let naming = naming?;
                                names.insert(naming.index, naming.name.to_owned());
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let named = |(index, size)| (names.remove(&(imported + index)).unwrap_or_default(), size);
    Ok(((0_u32..).zip(sizes).map(named).collect(), data))
}

/// The crate that a function is from, or the one whose trait it implements where the type has none, as in
/// `<T as tachys::view::Render>::build`. Code that a crate makes others instantiate counts as its own.
fn crate_of(function: &str) -> &str {
    let trait_of = function.split_once(" as ").map(|(_, after)| after).unwrap_or_default();
    [function, trait_of].into_iter().find_map(first_of_path).unwrap_or("unnamed")
}

/// `app` of `<&mut app::json::Value`, and of `app[1f00]::json`.
fn first_of_path(path: &str) -> Option<&str> {
    let path = path.trim_start_matches(['<', '&', '*', '(', '[']);
    let path = path.strip_prefix("mut ").or(path.strip_prefix("dyn ")).unwrap_or(path);
    let end = path.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let (name, rest) = path.split_at(end);
    (rest.starts_with("::") || rest.starts_with('[') && rest.contains("]::")).then_some(name)
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
    fn too_much_is_an_error() {
        assert!(check(&[file("app.wasm", 900_000, BUDGET)]).is_ok());
        assert!(check(&[file("app.wasm", 900_000, BUDGET), file("a.js", 9, 1)]).is_err());
    }

    #[test]
    fn repetition_compresses_away() {
        let size = compressed(&[7; 100_000]).expect("memory is no file").len();
        assert!(size < 100, "{size}");
    }

    #[test]
    fn a_function_is_of_its_crate_or_its_traits() {
        for (function, name) in [
            ("app::feed::page::h64f5104c67ab6c25", "app"),
            ("<app::wishlist::List as app::feed::Kind>::content", "app"),
            ("<&mut serde_json::ser::Serializer<W,F> as serde_core::ser::Serializer>::x", "serde_json"),
            ("<T as tachys::view::any_view::IntoAny>::into_any", "tachys"),
            ("core[c5930c85a12de822]::fmt::write", "core"),
            ("<[T] as alloc::slice::ToVec>::to_vec", "alloc"),
            ("main", "unnamed"),
        ] {
            assert_eq!(crate_of(function), name, "{function}");
        }
    }
}
