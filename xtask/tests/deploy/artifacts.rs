//! A folder for `deploy --from`: the compiled functions, and a small site whose files contain its version number.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

/// The folder. Dropping the value deletes it.
pub struct Artifacts(PathBuf);

impl Artifacts {
    /// Creates the folder beside the compiled xtask, with the functions and an empty site.
    pub fn create(name: &str) -> Self {
        let programs = Path::new(env!("CARGO_BIN_EXE_xtask")).parent().unwrap();
        let folder = programs.join(format!("{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("site")).unwrap();
        for function in ["lambda", "authorizer"] {
            symlink(programs.join(function), folder.join(function)).unwrap();
        }
        Self(folder)
    }

    /// Replaces the site with this version. Returns the folder.
    pub fn with_version(&self, version: u8) -> &str {
        let site = self.0.join("site");
        for file in fs::read_dir(&site).unwrap() {
            fs::remove_file(file.unwrap().path()).unwrap();
        }
        let write = |name: String, content: String| fs::write(site.join(name), content).unwrap();
        write("index.html".to_owned(), page(version));
        write("site.webmanifest".to_owned(), format!("manifest {version}"));
        for name in [wasm_name(version), script_name(version)] {
            write(name.clone(), "plain".to_owned());
            write(format!("{name}.br"), "smaller".to_owned());
        }
        write("style-0123456789abcdef.css".to_owned(), "main {}".to_owned());
        self.0.to_str().unwrap()
    }
}

impl Drop for Artifacts {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Returns the content of a version's index.html.
pub fn page(version: u8) -> String {
    format!("<!doctype html><title>{version}</title>")
}

/// Returns the name of a version's wasm file.
pub fn wasm_name(version: u8) -> String {
    format!("app-{version:016x}_bg.wasm")
}

/// Returns the name of the script that belongs to the wasm file.
pub fn script_name(version: u8) -> String {
    format!("app-{version:016x}.js")
}
