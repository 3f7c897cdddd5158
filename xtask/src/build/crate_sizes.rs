//! Measures how many bytes of a wasm file come from each crate.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use wasmparser::{CustomSectionReader, KnownCustom, Name, Parser, Payload, TypeRef};

/// The sizes of the parts of a wasm file.
pub(crate) struct WasmSizes {
    /// The crates, sorted by size, the largest first.
    pub(crate) crates: Vec<CrateSize>,
    /// Bytes of the data section: strings and tables.
    pub(crate) constants: usize,
}

/// The size of one crate's code.
pub(crate) struct CrateSize {
    pub(crate) name: String,
    /// Bytes of code.
    pub(crate) bytes: usize,
    /// Number of functions.
    pub(crate) functions: usize,
}

/// Measures a wasm file that still contains the names of its functions.
///
/// # Errors
/// If the wasm is invalid.
pub(crate) fn measure(wasm: &[u8]) -> Result<WasmSizes> {
    let (functions, constants) = functions(wasm)?;
    let mut crates = BTreeMap::<String, CrateSize>::new();
    for (function, bytes) in functions {
        let name = crate_of(&function);
        let size = crates.entry(name.to_owned()).or_insert_with(|| CrateSize {
            name: name.to_owned(),
            bytes: 0,
            functions: 0,
        });
        size.bytes += bytes;
        size.functions += 1;
    }
    let mut crates: Vec<_> = crates.into_values().collect();
    crates.sort_by_key(|size| Reverse(size.bytes));
    Ok(WasmSizes { crates, constants })
}

/// Returns the name and bytes of each function, and the bytes of the data section.
fn functions(wasm: &[u8]) -> Result<(Vec<(String, usize)>, usize)> {
    let (mut imported, mut constants, mut sizes, mut names) = (0, 0, Vec::new(), HashMap::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.as_bytes().len()),
            Payload::DataSection(section) => {
                constants = usize::try_from(section.range().end - section.range().start)?;
            }
            Payload::CustomSection(section) => names.extend(function_names(&section)?),
            _ => {}
        }
    }
    // The index space of functions starts with the imported functions.
    let named = |(index, size)| (names.remove(&(imported + index)).unwrap_or_default(), size);
    Ok(((0_u32..).zip(sizes).map(named).collect(), constants))
}

/// Returns the function names by index if this is the name section.
fn function_names(section: &CustomSectionReader) -> Result<Vec<(u32, String)>> {
    let mut names = Vec::new();
    if let KnownCustom::Name(subsections) = section.as_known() {
        for subsection in subsections {
            if let Name::Function(functions) = subsection? {
                for function in functions {
                    let function = function?;
                    names.push((function.index, function.name.to_owned()));
                }
            }
        }
    }
    Ok(names)
}

/// Returns the crate of a function. For an implementation on a type without a crate, as in
/// `<T as tachys::view::Render>::build`, returns the crate of the trait. Generic code counts for the crate that
/// defines it.
fn crate_of(function: &str) -> &str {
    let trait_path = function.split_once(" as ").map(|(_, after)| after).unwrap_or_default();
    [function, trait_path].into_iter().find_map(first_path_segment).unwrap_or("unnamed")
}

/// Returns `app` for `<&mut app::json::Value` and for `app[1f00]::json`.
fn first_path_segment(path: &str) -> Option<&str> {
    let path = path.trim_start_matches(['<', '&', '*', '(', '[']);
    let path = path.strip_prefix("mut ").or(path.strip_prefix("dyn ")).unwrap_or(path);
    let end = path.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let (name, rest) = path.split_at(end);
    (rest.starts_with("::") || rest.starts_with('[') && rest.contains("]::")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_belongs_to_its_crate_or_to_the_crate_of_its_trait() {
        for (function, name) in [
            ("app::posts::page::h64f5104c67ab6c25", "app"),
            ("<app::wishes::List as app::posts::Post>::content", "app"),
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
