//! The tools of the build: what rustup has, and programs that cargo installs into `.tools/`.
//!
//! A program counts as there only when it runs and names the version we want. Cargo moves a program into
//! `.tools/bin` after the last step of its build, and what an interrupted build leaves is kept in
//! `.tools/build` for the next try: nothing is ever half-installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};

use crate::system::command;
use crate::system::env;
use crate::system::terminal::{is_watched, say};

/// What Rust code for browsers is built for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// A program that cargo installs.
pub(crate) struct Tool {
    package: &'static str,
    /// What it brings; the first gives its name.
    programs: &'static [&'static str],
    version: String,
    /// Whether it builds from the lock file that it was published with.
    locked: bool,
    /// Measured on two cores.
    minutes: u32,
}

/// Builds the site and serves it while one works on it. 0.22 needs a newer Rust than the workspace does.
pub(crate) fn trunk() -> Tool {
    Tool { package: "trunk", programs: &["trunk"], version: "0.21.14".to_owned(), locked: true, minutes: 5 }
}

/// Makes the JavaScript side of the wasm. It has to be of the very version that the app links, so
/// Cargo.lock decides. The lock file it was published with names a version that does not exist.
pub(crate) fn wasm_bindgen() -> Result<Tool> {
    let lock = fs::read_to_string(env::root().join("Cargo.lock")).context("Cargo.lock cannot be read")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock names no wasm-bindgen")?;
    Ok(Tool {
        package: "wasm-bindgen-cli",
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        version: version.to_owned(),
        locked: false,
        minutes: 3,
    })
}

/// Checks licences and bans.
pub(crate) fn cargo_deny() -> Tool {
    Tool {
        package: "cargo-deny",
        programs: &["cargo-deny"],
        version: "0.20.2".to_owned(),
        locked: true,
        minutes: 2,
    }
}

impl Tool {
    /// The folder with its programs: ours or one on PATH, whichever has this version; else it is installed.
    pub(crate) fn ready(&self) -> Result<PathBuf> {
        let ours = env::root().join(".tools/bin");
        let theirs = env::program(self.programs[0]).and_then(|file| Some(file.parent()?.to_path_buf()));
        let found = [Some(ours.clone()), theirs].into_iter().flatten().find(|folder| self.is_in(folder));
        match found {
            Some(folder) => Ok(folder),
            None => {
                self.install()?;
                Ok(ours)
            }
        }
    }

    fn is_in(&self, folder: &Path) -> bool {
        self.programs.iter().all(|program| {
            let said = command::output(Command::new(folder.join(program)).arg("--version"));
            said.is_some_and(|said| said.split_whitespace().nth(1) == Some(self.version.as_str()))
        })
    }

    fn install(&self) -> Result<()> {
        let Tool { package, version, minutes, .. } = self;
        let tools = env::root().join(".tools");
        let build = tools.join("build").join(package);
        say(&format!("Installing {package} {version} into .tools/ (once, about {minutes} minutes)"));
        let mut install = command::cargo(["install", package, "--version", version, "--force", "--root"]);
        install.arg(&tools);
        install.args(self.locked.then_some("--locked")).args((!is_watched()).then_some("--quiet"));
        // They mostly wait for rustc or the disk: quick to build matters more than quick to run.
        for (key, value) in [("OPT_LEVEL", "1"), ("LTO", "off"), ("CODEGEN_UNITS", "16"), ("STRIP", "true")] {
            install.env(format!("CARGO_PROFILE_RELEASE_{key}"), value);
        }
        // Else cargo tells the reader to put our folder on PATH; there is no need to.
        install.env("PATH", env::path_with(&[&tools.join("bin")])?).env("CARGO_TARGET_DIR", &build);
        command::run(&mut install, &format!("{package} {version} could not be installed")).map_err(
            |error| anyhow!("{error}; nothing is half-installed: with the network there, try again"),
        )?;
        fs::remove_dir_all(&build).context("the left-overs of the installation cannot be removed")
    }
}

/// Rust's standard library for browsers.
pub(crate) fn wasm_target() -> Result<()> {
    target(WASM)
}

/// Rust's standard library for another machine.
pub(crate) fn target(name: &str) -> Result<()> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", name]).current_dir(env::root());
    if command::output(&mut rustc).is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    rustup(&["target", "add", name])
}

/// Rust's formatter and linter.
pub(crate) fn components() -> Result<()> {
    let missing = |subcommand| command::output(&mut command::cargo([subcommand, "--version"])).is_none();
    if missing("fmt") || missing("clippy") {
        rustup(&["component", "add", "rustfmt", "clippy"])?;
    }
    Ok(())
}

fn rustup(arguments: &[&str]) -> Result<()> {
    let line = format!("rustup {}", arguments.join(" "));
    if env::program("rustup").is_none() {
        bail!("this Rust lacks a part and was not installed by rustup; with rustup, `{line}` brings it");
    }
    say(&format!("Setting up Rust: {line} (once, some seconds)"));
    let mut rustup = Command::new("rustup");
    rustup.args(arguments).current_dir(env::root());
    command::run(&mut rustup, "Rust could not be set up, which needs the network")
}

/// The version of a package in a Cargo.lock.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "\
[[package]]
name = \"wasm-bindgen-futures\"
version = \"0.4.80\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
source = \"somewhere\"
";

    #[test]
    fn a_locked_version_is_that_of_the_very_package() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-futures"), Some("0.4.80"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
        assert_eq!(locked_version("", "wasm-bindgen"), None);
    }

    #[test]
    fn our_lock_names_a_wasm_bindgen() {
        assert!(wasm_bindgen().is_ok());
    }

    #[test]
    fn a_program_of_another_version_is_not_ready() {
        let tool = Tool { version: "0.0.0".to_owned(), ..trunk() };
        assert!(!tool.is_in(&env::root().join(".tools/bin")));
        assert!(!tool.is_in(Path::new("/bin")));
    }
}
