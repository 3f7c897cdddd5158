//! What is deployed: the two functions and the site, built.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::site;
use crate::setup::cargo_tools;
use crate::setup::python::{self, Python};
use crate::system::command;
use crate::system::digest::digest;
use crate::system::env;
use crate::system::terminal::say;

/// Each function's program, and the parameter of the template that names its code.
const FUNCTIONS: [(&str, &str); 2] = [("lambda", "ApiCodeKey"), ("authorizer", "AuthorizerCodeKey")];
/// What they run on.
const LAMBDA: &str = "aarch64-unknown-linux-gnu";

/// Makes a zip as Lambda takes it, the same for the same program: no time of day, no name of ours.
const ZIP: &str = "
import sys, zipfile
entry = zipfile.ZipInfo('bootstrap', (1980, 1, 1, 0, 0, 0))
entry.create_system, entry.external_attr, entry.compress_type = 3, 0o100755 << 16, zipfile.ZIP_DEFLATED
with open(sys.argv[1], 'rb') as program, zipfile.ZipFile(sys.argv[2], 'w') as file:
    file.writestr(entry, program.read())
";

/// See the module.
pub(crate) struct Release {
    /// Where the functions' programs are.
    programs: PathBuf,
    /// Where the site is.
    pub(crate) site: PathBuf,
}

/// A function's code.
pub(crate) struct Code {
    pub(crate) parameter: &'static str,
    pub(crate) zip: PathBuf,
    /// Its name in the bucket: other code has another one, so that CloudFormation sees the change.
    pub(crate) key: String,
}

impl Release {
    /// Builds it for AWS: the site weighed and compressed, the functions for arm64.
    pub(crate) fn build() -> Result<Self> {
        cargo_tools::target(LAMBDA)?;
        let cross = python::cross()?;
        site::build()?;
        say("Building the functions for arm64 (the first time about 8 minutes)");
        let programs = env::target()?.join("lambda");
        let mut build = Command::new(cross.folder().join("cargo-lambda"));
        build.current_dir(env::root()).env("PATH", env::path_with(&[cross.folder()])?);
        build.args(["lambda", "build", "--release", "--arm64", "--locked", "--package", "api"]);
        build.args(["--bin", "lambda", "--bin", "authorizer", "--no-default-features", "--features", "aws"]);
        build.arg("--lambda-dir").arg(&programs).arg("--target-dir").arg(env::target()?);
        command::run(&mut build, "the functions do not build for arm64")?;
        Ok(Self { programs, site: site::dist() })
    }

    /// Builds it for an emulated AWS: the functions as this machine runs them.
    pub(crate) fn native() -> Result<Self> {
        say("Building the functions (the first time about 5 minutes)");
        let mut cargo =
            command::cargo(["build", "--package", "api", "--bin", "lambda", "--bin", "authorizer"]);
        command::run(&mut cargo, "the functions do not build")?;
        site::make()?;
        Self::debug()
    }

    /// What the tests have built.
    pub(crate) fn debug() -> Result<Self> {
        Ok(Self { programs: env::target()?.join("debug"), site: site::dist() })
    }

    /// What somebody has built into a folder: `lambda`, `authorizer` and `site/`.
    pub(crate) fn found(folder: &Path) -> Result<Self> {
        let folder = fs::canonicalize(folder).with_context(|| format!("there is no {}", folder.display()))?;
        let release = Self { site: folder.join("site"), programs: folder };
        let programs = FUNCTIONS.map(|(function, _)| release.program(function));
        for file in programs.into_iter().chain([release.site.join("index.html")]) {
            if !file.is_file() {
                bail!("there is no {}", file.display());
            }
        }
        Ok(release)
    }

    /// The functions' code, packed. Emulated, a zip holds a line that runs the program where it is: a hundred
    /// megabytes that nobody has to copy.
    pub(crate) fn pack(&self, folder: &Path, python: &Python, is_emulated: bool) -> Result<Vec<Code>> {
        let pack = |(function, parameter)| {
            let mut program = self.program(function);
            if is_emulated {
                let time = fs::metadata(&program)?.modified()?;
                let line = format!("#!/bin/sh\n# {time:?}\nexec '{}'\n", program.display());
                program = folder.join(format!("{function}.sh"));
                fs::write(&program, line)?;
                fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
            }
            let zip = folder.join(format!("{function}.zip"));
            let mut python = python.program("python");
            command::run(
                python.args(["-c", ZIP]).args([&program, &zip]),
                "a function's code cannot be packed",
            )?;
            let key = format!("{function}-{}.zip", &digest(&[&fs::read(&zip)?])[..16]);
            Ok(Code { parameter, zip, key })
        };
        FUNCTIONS.into_iter().map(pack).collect()
    }

    /// A function's program: a file, or in a folder, as cargo-lambda has it.
    fn program(&self, function: &str) -> PathBuf {
        let file = self.programs.join(function);
        if file.is_dir() { file.join("bootstrap") } else { file }
    }
}
