//! The artifacts of a deployment: two compiled Lambda functions and the built site.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::build::site;
use crate::deploy::site_file::PAGE_FILE;
use crate::setup::{python, rustup};
use crate::system::terminal::print;
use crate::system::{command, env};

/// The programs of the Lambda functions.
pub(crate) const FUNCTIONS: [&str; 2] = ["lambda", "authorizer"];
/// The target of Lambda's arm64 processors.
const LAMBDA_TARGET: &str = "aarch64-unknown-linux-gnu";

/// The folders with the artifacts.
pub(crate) struct Artifacts {
    /// The folder with the programs of the functions.
    programs: PathBuf,
    pub(crate) site: PathBuf,
}

impl Artifacts {
    /// Builds everything for AWS: the site within its size budget, and the functions for arm64.
    pub(crate) fn build_for_aws() -> Result<Self> {
        rustup::install_target(LAMBDA_TARGET)?;
        let cross = python::cross_compiler()?;
        site::build_within_budget()?;
        print("Building the functions for arm64 (about 8 minutes the first time)");
        let programs = env::target_dir()?.join("lambda");
        let mut build = Command::new(cross.bin().join("cargo-lambda"));
        build.current_dir(env::root()).env("PATH", env::path_starting_with(&[cross.bin()])?);
        build.args(["lambda", "build", "--release", "--arm64", "--locked", "--package", "api"]);
        build.args(["--bin", "lambda", "--bin", "authorizer", "--no-default-features", "--features", "aws"]);
        build.arg("--lambda-dir").arg(&programs).arg("--target-dir").arg(env::target_dir()?);
        command::run(&mut build, "the functions do not build for arm64")?;
        Ok(Self { programs, site: site::dist_folder() })
    }

    /// Builds everything for the emulator, which runs the functions on this machine.
    pub(crate) fn build_for_emulator() -> Result<Self> {
        print("Building the functions (about 5 minutes the first time)");
        let mut build =
            command::cargo(["build", "--package", "api", "--bin", "lambda", "--bin", "authorizer"]);
        command::run(&mut build, "the functions do not build")?;
        site::build()?;
        Self::debug()
    }

    /// Returns the debug build of the functions and the release site. Both must exist.
    pub(crate) fn debug() -> Result<Self> {
        Ok(Self { programs: env::target_dir()?.join("debug"), site: site::dist_folder() })
    }

    /// Returns the artifacts in a folder: `lambda`, `authorizer` and `site/`.
    ///
    /// # Errors
    /// If a file is missing.
    pub(crate) fn in_folder(folder: &Path) -> Result<Self> {
        let folder = fs::canonicalize(folder).with_context(|| format!("cannot find {}", folder.display()))?;
        let artifacts = Self { site: folder.join("site"), programs: folder };
        let programs = FUNCTIONS.map(|function| artifacts.program(function));
        for file in programs.into_iter().chain([artifacts.site.join(PAGE_FILE)]) {
            if !file.is_file() {
                bail!("cannot find {}", file.display());
            }
        }
        Ok(artifacts)
    }

    /// Returns a function's program: the file itself, or `bootstrap` in the folder that cargo-lambda creates.
    pub(crate) fn program(&self, function: &str) -> PathBuf {
        let file = self.programs.join(function);
        if file.is_dir() { file.join("bootstrap") } else { file }
    }
}
