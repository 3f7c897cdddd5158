//! Programs that cargo installs into `.tools/`: Trunk, wasm-bindgen and cargo-deny.
//!
//! A program counts as installed only if it runs and reports the required version. Cargo moves a program into
//! `.tools/bin` as the last step of an installation, so an interrupted installation leaves no broken program. The
//! crates that it has compiled stay in `.tools/build` for the next attempt.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};

use crate::setup::tool_versions::{CARGO_DENY_VERSION, TRUNK_VERSION};
use crate::system::terminal::{is_interactive, print};
use crate::system::{command, env};

/// A package on crates.io that contains one or more programs.
pub(crate) struct CargoTool {
    package: &'static str,
    /// The programs of the package that the commands use.
    programs: &'static [&'static str],
    version: String,
    /// Whether to build with the lock file of the published package.
    use_lock_file: bool,
    /// Minutes that an installation from source takes on two cores.
    minutes: u32,
}

/// Returns Trunk, which builds and serves the site.
pub(crate) fn trunk() -> CargoTool {
    CargoTool {
        package: "trunk",
        programs: &["trunk"],
        version: TRUNK_VERSION.to_owned(),
        use_lock_file: true,
        minutes: 5,
    }
}

/// Returns wasm-bindgen, which generates the JavaScript side of the wasm, and its test runner.
///
/// Its version must equal the one that the app links, so Cargo.lock decides. The lock file of its published package
/// refers to a version of a dependency that does not exist, so the installation does not use it.
pub(crate) fn wasm_bindgen() -> Result<CargoTool> {
    let lock = fs::read_to_string(env::root().join("Cargo.lock")).context("cannot read Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock does not name wasm-bindgen")?;
    Ok(CargoTool {
        package: "wasm-bindgen-cli",
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        version: version.to_owned(),
        use_lock_file: false,
        minutes: 3,
    })
}

/// Returns cargo-deny, which checks the licences and sources of dependencies.
pub(crate) fn cargo_deny() -> CargoTool {
    CargoTool {
        package: "cargo-deny",
        programs: &["cargo-deny"],
        version: CARGO_DENY_VERSION.to_owned(),
        use_lock_file: true,
        minutes: 2,
    }
}

impl CargoTool {
    /// Returns the folder with the programs: `.tools/bin` or a folder on PATH, if it has the required version.
    /// Otherwise installs the package into `.tools/`.
    pub(crate) fn find_or_install(&self) -> Result<PathBuf> {
        let own = env::root().join(".tools/bin");
        let on_path = env::find_program(self.programs[0]).and_then(|file| Some(file.parent()?.to_path_buf()));
        let found = [Some(own.clone()), on_path].into_iter().flatten().find(|folder| self.is_in(folder));
        match found {
            Some(folder) => Ok(folder),
            None => {
                self.install()?;
                Ok(own)
            }
        }
    }

    fn is_in(&self, folder: &Path) -> bool {
        self.programs.iter().all(|program| {
            let output = command::output(Command::new(folder.join(program)).arg("--version"));
            output.is_some_and(|output| output.split_whitespace().nth(1) == Some(self.version.as_str()))
        })
    }

    fn install(&self) -> Result<()> {
        let has_binstall = env::find_program("cargo-binstall").is_some();
        if has_binstall && self.install_binary().is_ok() && self.is_in(&env::root().join(".tools/bin")) {
            return Ok(());
        }
        self.install_from_source()
    }

    /// Downloads the compiled package with cargo-binstall, in seconds.
    fn install_binary(&self) -> Result<()> {
        let Self { package, version, .. } = self;
        print(&format!("Downloading {package} {version} into .tools/ with cargo-binstall (once)"));
        let mut install = command::cargo(["binstall", package, "--version", version]);
        // If there is no compiled package, this must fail: `install_from_source` compiles faster.
        install.args(["--no-confirm", "--force", "--disable-strategies", "compile", "--root"]);
        install.arg(env::root().join(".tools"));
        command::run(&mut install, &format!("cannot download {package} {version}"))
    }

    fn install_from_source(&self) -> Result<()> {
        let Self { package, version, minutes, .. } = self;
        let tools = env::root().join(".tools");
        let build = tools.join("build").join(package);
        print(&format!("Installing {package} {version} into .tools/ (once, about {minutes} minutes)"));
        let mut install = command::cargo(["install", package, "--version", version, "--force", "--root"]);
        install.arg(&tools);
        install.args(self.use_lock_file.then_some("--locked")).args((!is_interactive()).then_some("--quiet"));
        // The tools mostly wait for rustc or the disk, so a fast build matters more than fast tools.
        for (key, value) in [("OPT_LEVEL", "1"), ("LTO", "off"), ("CODEGEN_UNITS", "16"), ("STRIP", "true")] {
            install.env(format!("CARGO_PROFILE_RELEASE_{key}"), value);
        }
        // Without .tools/bin on PATH, cargo would print a warning that does not apply here.
        install.env("PATH", env::path_starting_with(&[&tools.join("bin")])?).env("CARGO_TARGET_DIR", &build);
        command::run(&mut install, &format!("cannot install {package} {version}"))
            .map_err(|error| anyhow!("{error}; check the network and try again"))?;
        fs::remove_dir_all(&build).context("cannot remove the temporary files of the installation")
    }
}

/// Finds the version of a package in a Cargo.lock.
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
    fn the_locked_version_belongs_to_the_package_with_exactly_this_name() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-futures"), Some("0.4.80"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
        assert_eq!(locked_version("", "wasm-bindgen"), None);
    }

    #[test]
    fn our_cargo_lock_names_wasm_bindgen() {
        assert!(wasm_bindgen().is_ok());
    }

    #[test]
    fn a_program_of_another_version_does_not_count_as_installed() {
        let tool = CargoTool { version: "0.0.0".to_owned(), ..trunk() };
        assert!(!tool.is_in(&env::root().join(".tools/bin")));
        assert!(!tool.is_in(Path::new("/bin")));
    }
}
