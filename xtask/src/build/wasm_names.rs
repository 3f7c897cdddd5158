//! The names by which the wasm and its JavaScript find each other. wasm-bindgen ends them with hashes,
//! which no compression makes shorter: 5 KB of a first visit. Here both sides get short ones, and what only
//! people read, the names of functions and the comments of `start.js`, is left out. The code is never touched.

use std::collections::BTreeMap;
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;

use anyhow::{Context, Result, bail};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection};
use wasmparser::{Export, Import, Parser, Payload};

/// What a built site's app is in: `<stem>.js` and `<stem>_bg.wasm`, where the stem has a hash.
const WASM: &str = "_bg.wasm";

/// Shortens the names in a site that Trunk has built, and gives the files new ones: what has other content
/// must not have the name of what a browser may have kept. Returns the wasm as it was.
pub(crate) fn shorten(site: &Path) -> Result<Vec<u8>> {
    let (wasm, start) = (file(site, "app-", WASM)?, file(site, "start-", ".js")?);
    let stem = wasm.strip_suffix(WASM).context("the wasm is called otherwise")?;
    let (wasm, script) = (site.join(&wasm), site.join(format!("{stem}.js")));
    let original = fs::read(&wasm)?;
    let (short, glue) = shortened(&original, &fs::read_to_string(&script)?)?;
    let mut hasher = DefaultHasher::new();
    (&short, &glue).hash(&mut hasher);
    let fresh = format!("app-{:016x}", hasher.finish());
    fs::write(site.join(format!("{fresh}{WASM}")), short)?;
    fs::write(site.join(format!("{fresh}.js")), glue)?;
    let page = site.join("index.html");
    let named = fs::read_to_string(&page)?.replace(stem, &fresh);
    fs::write(page, named)?;
    fs::remove_file(wasm)?;
    fs::remove_file(script)?;
    let start = site.join(start);
    fs::write(&start, uncommented(&fs::read_to_string(&start)?))?;
    Ok(original)
}

/// The one file whose name begins and ends so.
fn file(site: &Path, begin: &str, end: &str) -> Result<String> {
    let names = fs::read_dir(site).with_context(|| format!("{} cannot be read", site.display()))?;
    for name in names {
        let name = name?.file_name().to_string_lossy().into_owned();
        if name.starts_with(begin) && name.ends_with(end) {
            return Ok(name);
        }
    }
    bail!("{} has no {begin}*{end}", site.display())
}

/// A script without its comments, each of which has lines of its own.
fn uncommented(script: &str) -> String {
    script.split_inclusive('\n').filter(|line| !line.trim_start().starts_with("//")).collect()
}

/// The wasm and its script with short names in place of those that end with a hash.
fn shortened(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let (mut names, mut module) = (Names::default(), Module::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                let mut imports = ImportSection::new();
                for import in section.into_imports() {
                    let import = import?;
                    let (module, name) = (names.of_module(import.module), names.of(import.name));
                    let short = Import { module: &module, name: &name, ty: import.ty };
                    RoundtripReencoder.parse_import(&mut imports, short)?;
                }
                module.section(&imports);
            }
            Payload::ExportSection(section) => {
                let mut exports = ExportSection::new();
                for export in section {
                    let export = export?;
                    let name = names.of(export.name);
                    RoundtripReencoder.parse_export(&mut exports, Export { name: &name, ..export })?;
                }
                module.section(&exports);
            }
            Payload::CustomSection(_) => {} // for tools, not for browsers
            other => {
                if let Some((id, range)) = other.as_section() {
                    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                    module.section(&RawSection { id, data: &wasm[range] });
                }
            }
        }
    }
    Ok((module.finish(), names.in_script(script)))
}

/// Which name became which.
#[derive(Default)]
struct Names(BTreeMap<String, String>);

impl Names {
    fn of(&mut self, name: &str) -> String {
        if !ends_with_hash(name) {
            return name.to_owned();
        }
        self.short(name)
    }

    /// A module is named in the script as a text, not as a word.
    fn of_module(&mut self, module: &str) -> String {
        self.short(&format!("\"{module}\"")).trim_matches('"').to_owned()
    }

    fn short(&mut self, name: &str) -> String {
        let next = self.0.len();
        let quote = if name.starts_with('"') { "\"" } else { "" };
        self.0.entry(name.to_owned()).or_insert_with(|| format!("{quote}_{next}{quote}")).clone()
    }

    /// The longest names first: one may be the beginning of another.
    fn in_script(&self, script: &str) -> String {
        let mut names: Vec<_> = self.0.iter().collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        names.into_iter().fold(script.to_owned(), |script, (name, short)| script.replace(name, short))
    }
}

/// As in `__wbg_focus_d5e2fdbdb56416f0`, where a number may follow. Nothing else in a script looks like it.
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

    /// It imports a function and exports two and a memory's name, and says what they are called.
    fn wasm() -> Vec<u8> {
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
        module.section(&CustomSection { name: "name".into(), data: b"read by people"[..].into() });
        module.finish()
    }

    #[test]
    fn both_sides_get_the_same_short_names() {
        let script =
            format!("({{{FOCUS}:()=>{{}}}},C.{INVOKE}_2(),C.{INVOKE}(),C.main,{{\"./app_bg.js\":a}})");
        let (short, glue) = shortened(&wasm(), &script).expect("valid wasm");
        let short = String::from_utf8_lossy(&short).into_owned();
        assert_eq!(glue, "({_1:()=>{}},C._3(),C._2(),C.main,{\"_0\":a})");
        for name in ["_0", "_1", "_2", "_3", "main"] {
            assert!(short.contains(name), "{name}");
        }
        assert!(!short.contains("read by people") && !short.contains("app_bg") && !short.contains("invoke"));
    }

    #[test]
    fn only_names_that_end_with_a_hash_are_shortened() {
        assert!(ends_with_hash(FOCUS) && ends_with_hash(INVOKE) && ends_with_hash(&format!("{INVOKE}_13")));
        for name in ["main", "memory", "__wbindgen_malloc", "", "_2", "__wbindgen_cast_1"] {
            assert!(!ends_with_hash(name), "{name}");
        }
    }

    #[test]
    fn comments_go_and_code_stays() {
        let script = "// One.\nlet a = 'https://b'\n\n  // Two.\n  a()\n";
        assert_eq!(uncommented(script), "let a = 'https://b'\n\n  a()\n");
    }

    #[test]
    fn what_is_no_wasm_is_an_error() {
        assert!(shortened(b"<html>", "").is_err());
    }
}
