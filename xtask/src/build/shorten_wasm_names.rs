//! Replaces the names of the imports and exports of the wasm with short ones.
//!
//! wasm-bindgen ends these names with hashes, which do not compress: they take 5 KB of a first visit. They are
//! replaced in the wasm and in its JavaScript.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use anyhow::Result;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Export, Import, Parser, Payload};

/// The short name of each original name.
#[derive(Default)]
pub(crate) struct ShortNames(BTreeMap<String, String>);

impl ShortNames {
    /// Replaces the names that end with a hash, in a wasm file. Removes its custom sections, which only tools read. All
    /// files of an app share their names.
    ///
    /// # Errors
    /// If the wasm is invalid.
    pub(crate) fn shorten_in_wasm(&mut self, wasm: &[u8]) -> Result<Vec<u8>> {
        let mut shortened = Module::new();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    let mut imports = ImportSection::new();
                    for import in section.into_imports() {
                        let import = import?;
                        let (module, name) = (self.of_module(import.module), self.of_item(import.name));
                        let short = Import { module: &module, name: &name, ty: import.ty };
                        RoundtripReencoder.parse_import(&mut imports, short)?;
                    }
                    shortened.section(&imports);
                }
                Payload::ExportSection(section) => {
                    let mut exports = ExportSection::new();
                    for export in section {
                        let export = export?;
                        let name = self.of_item(export.name);
                        RoundtripReencoder.parse_export(&mut exports, Export { name: &name, ..export })?;
                    }
                    shortened.section(&exports);
                }
                Payload::CustomSection(_) => {}
                other => {
                    if let Some((id, range)) = other.as_section() {
                        let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                        shortened.section(&RawSection { id, data: &wasm[range] });
                    }
                }
            }
        }
        Ok(shortened.finish())
    }

    /// Returns the short name of an import or export, or the name itself if it does not end with a hash.
    fn of_item(&mut self, name: &str) -> String {
        if !ends_with_hash(name) {
            return name.to_owned();
        }
        self.shorten(name)
    }

    /// Returns the short name of an imported module, or the name itself if it is not a path. In the script, the path of
    /// a module is in quotes.
    fn of_module(&mut self, module: &str) -> String {
        if !module.starts_with('.') {
            return module.to_owned();
        }
        self.shorten(&format!("\"{module}\"")).trim_matches('"').to_owned()
    }

    fn shorten(&mut self, name: &str) -> String {
        let next = self.0.len();
        let quote = if name.starts_with('"') { "\"" } else { "" };
        self.0.entry(name.to_owned()).or_insert_with(|| format!("{quote}_{next}{quote}")).clone()
    }

    /// Replaces all names in a script, the longest first, because a name can be the prefix of another.
    pub(crate) fn shorten_in_script(&self, script: &str) -> String {
        let mut names: Vec<_> = self.0.iter().collect();
        names.sort_by_key(|(name, _)| Reverse(name.len()));
        names.into_iter().fold(script.to_owned(), |script, (name, short)| script.replace(name, short))
    }
}

/// Returns whether a name ends with 16 hexadecimal digits, as `__wbg_focus_d5e2fdbdb56416f0`. A number may follow, as
/// in `.._d5e2fdbdb56416f0_2`. No other word in a script looks like this.
fn ends_with_hash(name: &str) -> bool {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('_').unwrap_or(name);
    [name, bare].iter().any(|name| {
        let hash = name.len().checked_sub(16).and_then(|at| name.get(at..)).unwrap_or_default();
        !hash.is_empty() && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, CustomSection, EntityType, ExportKind, Function, FunctionSection, TypeSection,
    };

    use super::*;

    const FOCUS: &str = "__wbg_focus_d5e2fdbdb56416f0";
    const INVOKE: &str = "invoke__h3e4ae5f586024c6f";

    /// Returns a module that imports one function, exports three names and has a custom section.
    fn wasm_module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./app_bg.js", FOCUS, EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(0).function(0);
        let mut exports = ExportSection::new();
        exports.export("main", ExportKind::Func, 1);
        exports.export(INVOKE, ExportKind::Func, 1);
        exports.export(&format!("{INVOKE}_2"), ExportKind::Func, 2);
        let mut code = CodeSection::new();
        for _ in 0..2 {
            let mut function = Function::new([]);
            function.instructions().end();
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
        module.section(&CustomSection { name: "name".into(), data: b"read by tools"[..].into() });
        module.finish()
    }

    #[test]
    fn wasm_and_script_get_the_same_short_names() {
        let script =
            format!("({{{FOCUS}:()=>{{}}}},C.{INVOKE}_2(),C.{INVOKE}(),C.main,{{\"./app_bg.js\":a}})");
        let mut names = ShortNames::default();
        let wasm = names.shorten_in_wasm(&wasm_module()).expect("valid wasm");
        let script = names.shorten_in_script(&script);
        let wasm = String::from_utf8_lossy(&wasm).into_owned();
        assert_eq!(script, "({_1:()=>{}},C._3(),C._2(),C.main,{\"_0\":a})");
        for name in ["_0", "_1", "_2", "_3", "main"] {
            assert!(wasm.contains(name), "{name}");
        }
        assert!(!wasm.contains("read by tools") && !wasm.contains("app_bg") && !wasm.contains("invoke"));
    }

    #[test]
    fn only_names_that_end_with_a_hash_are_shortened() {
        assert!(ends_with_hash(FOCUS) && ends_with_hash(INVOKE) && ends_with_hash(&format!("{INVOKE}_13")));
        for name in ["main", "memory", "__wbindgen_malloc", "", "_2", "__wbindgen_cast_1"] {
            assert!(!ends_with_hash(name), "{name}");
        }
    }

    #[test]
    fn invalid_wasm_is_an_error() {
        assert!(ShortNames::default().shorten_in_wasm(b"<html>").is_err());
    }
}
