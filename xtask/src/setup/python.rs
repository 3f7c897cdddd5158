//! Python environments in `.tools/`: one with the AWS CLI, the AWS emulator and the template linter, one with
//! schemathesis, one with the cross-compiler for Lambda functions, and one with a security scanner for the template.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::setup::apt;
use crate::setup::tool_versions::MIN_PYTHON_VERSION;
use crate::system::terminal::print;
use crate::system::{command, env};

/// A Python environment with its packages installed.
#[derive(Clone)]
pub(crate) struct PythonEnv {
    bin: PathBuf,
}

/// Finds or creates the environment with the AWS CLI, the AWS emulator and the template linter.
pub(crate) fn aws_tools() -> Result<PythonEnv> {
    find_or_create(&EnvSpec {
        name: "python",
        requirements: "xtask/requirements.txt",
        modules: "awscli, awscrt, cfnlint, ministack",
        message: "Installing the AWS CLI and an AWS emulator into .tools/python (once, about a minute)",
    })
}

/// Finds or creates the environment with schemathesis, which tests the API.
pub(crate) fn schemathesis() -> Result<PythonEnv> {
    find_or_create(&EnvSpec {
        name: "fuzz",
        requirements: "xtask/fuzz-requirements.txt",
        modules: "requests, schemathesis",
        message: "Installing schemathesis into .tools/fuzz (once, about a minute)",
    })
}

/// Finds or creates the environment with the cross-compiler.
pub(crate) fn cross_compiler() -> Result<PythonEnv> {
    find_or_create(&EnvSpec {
        name: "cross",
        requirements: "xtask/lambda-build-requirements.txt",
        modules: "ziglang",
        message: "Installing the cross-compiler into .tools/cross (once, about a minute, 500 MB)",
    })
}

/// Finds or creates the environment with checkov, a security scanner for the template.
pub(crate) fn checkov() -> Result<PythonEnv> {
    find_or_create(&EnvSpec {
        name: "checkov",
        requirements: "xtask/checkov-requirements.txt",
        modules: "checkov",
        message: "Installing checkov into .tools/checkov (once, about a minute, 300 MB)",
    })
}

/// The required content of an environment.
struct EnvSpec {
    /// The folder in `.tools/`.
    name: &'static str,
    /// The file that lists the packages, relative to the repository.
    requirements: &'static str,
    /// Modules that a working environment can import, separated by commas.
    modules: &'static str,
    /// The line to print before the installation.
    message: &'static str,
}

/// Returns the environment if it works and has the required packages. Otherwise creates it from scratch.
fn find_or_create(spec: &EnvSpec) -> Result<PythonEnv> {
    let tools = env::root().join(".tools");
    fs::create_dir_all(&tools).context("cannot create .tools")?;
    // If two commands run at the same time, one creates the environment and the other waits for it.
    let lock = File::create(tools.join(format!("{}.lock", spec.name))).context("cannot write to .tools")?;
    lock.lock().context("cannot lock .tools")?;
    let folder = tools.join(spec.name);
    let path = env::root().join(spec.requirements);
    let required = fs::read_to_string(&path).with_context(|| format!("cannot read {}", spec.requirements))?;
    // This copy of the requirements is written last. If an installation was interrupted, the copy is missing, and the
    // next command starts the installation again.
    let stamp = folder.join("installed-requirements.txt");
    let installed = fs::read_to_string(&stamp).unwrap_or_default();
    let python = PythonEnv { bin: folder.join("bin") };
    if packages(&installed).eq(packages(&required)) && python.works(spec.modules) {
        return Ok(python);
    }
    require_python()?;
    print(spec.message);
    let mut venv = Command::new("python3");
    command::run(venv.args(["-m", "venv", "--clear"]).arg(&folder), "cannot create a Python environment")?;
    let mut pip = python.program("python");
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    command::run(pip.arg(&path), "cannot install the Python packages (check the network)")?;
    fs::write(&stamp, required).context("cannot write to .tools")?;
    Ok(python)
}

/// Returns the lines of a requirements file that name packages.
fn packages(requirements: &str) -> impl Iterator<Item = &str> {
    requirements.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

impl PythonEnv {
    /// Returns a program of the environment. `python` is its interpreter.
    pub(crate) fn program(&self, name: &str) -> Command {
        Command::new(self.bin.join(name))
    }

    /// Returns the folder with the programs of the environment.
    pub(crate) fn bin(&self) -> &Path {
        &self.bin
    }

    /// Returns whether the modules can be imported and all programs find their interpreter. A program names its
    /// interpreter by an absolute path, so an environment does not work in a moved folder.
    fn works(&self, modules: &str) -> bool {
        let programs = fs::read_dir(&self.bin).into_iter().flatten().flatten();
        let mut interpreters = programs.filter_map(|program| interpreter(&program.path()));
        interpreters.all(|path| env::is_executable(Path::new(&path)))
            && command::output(self.program("python").args(["-c", &format!("import {modules}")])).is_some()
    }
}

/// Returns the interpreter in a script's first line.
fn interpreter(script: &Path) -> Option<String> {
    let script = fs::read_to_string(script).ok()?;
    Some(script.strip_prefix("#!")?.split_whitespace().next()?.to_owned())
}

/// Checks that a recent Python is on PATH and can create environments. Debian has the module for that in a package
/// of its own.
fn require_python() -> Result<()> {
    let version = command::output(Command::new("python3").arg("--version"));
    if version.as_deref().and_then(parse_version).is_none_or(|version| version < MIN_PYTHON_VERSION) {
        let (major, minor) = MIN_PYTHON_VERSION;
        let found = version.unwrap_or_else(|| "none".to_owned());
        bail!(
            "this command needs Python {major}.{minor} or newer (found: {found}): install it, then try again"
        );
    }
    if command::output(Command::new("python3").args(["-c", "import ensurepip, venv"])).is_none() {
        let need = "this command needs Python's modules venv and ensurepip";
        apt::install("python3-venv", need, "install the package of your system that contains them")?;
    }
    Ok(())
}

/// Parses the output of `python3 --version`: (3, 11) for `Python 3.11.4`.
fn parse_version(output: &str) -> Option<(u32, u32)> {
    let mut numbers = output.strip_prefix("Python ")?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(parse_version("Python 3.11.4"), Some((3, 11)));
        assert!(parse_version("Python 3.9.2") < Some(MIN_PYTHON_VERSION));
        assert_eq!(parse_version("3.11.4"), None);
    }

    #[test]
    fn comments_in_requirements_do_not_matter() {
        assert!(packages("# old\na==1\n\nb==2\n").eq(packages("a==1\nb==2 \n# new\n")));
        assert!(!packages("a==1").eq(packages("a==2")));
    }
}
