//! `cargo xtask ci`: all checks that must pass before a change is merged.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::build::site;
use crate::setup::{cargo_tools, python, rustup};
use crate::system::terminal::print;
use crate::system::{command, env};
use crate::{fuzz, template_lints, test};

type Step = (&'static str, fn() -> Result<()>);

/// The steps before the tests: the installation of the tools, then the checks, with the fastest first.
const STEPS: [Step; 9] = [
    ("tools", install_tools),
    ("formatting", check_formatting),
    ("lints", lint),
    ("lints of the app", lint_app),
    ("lints of the templates", template_lints::run),
    ("permissions of the deployer", check_deployer_policy),
    ("documentation", check_documentation),
    ("licences and bans", check_licences),
    ("site", site::build_within_budget),
];

/// Runs all steps until the first failure. With `with_tests`, they include all tests. Prints the seconds of each step.
pub(crate) fn run(with_tests: bool) -> Result<()> {
    let mut seconds = Vec::new();
    let result = run_steps(&mut seconds, with_tests);
    print("\nSeconds of each step:");
    for (name, seconds) in seconds {
        print(&format!("{seconds:>7.1}  {name}"));
    }
    result
}

fn run_steps(seconds: &mut Vec<(String, f32)>, with_tests: bool) -> Result<()> {
    for (name, step) in STEPS {
        run_step(seconds, name.to_owned(), step)?;
    }
    for (name, suite) in test::SUITES.iter().chain(&test::CI_SUITES).filter(|_| with_tests) {
        run_step(seconds, format!("test {name}"), || suite(&[]))?;
    }
    if with_tests { run_step(seconds, "fuzz".to_owned(), fuzz::run_in_ci) } else { Ok(()) }
}

fn run_step(seconds: &mut Vec<(String, f32)>, name: String, step: impl FnOnce() -> Result<()>) -> Result<()> {
    print(&format!("\n== {name}"));
    let start = Instant::now();
    let result = step().with_context(|| name.clone());
    seconds.push((name, start.elapsed().as_secs_f32()));
    result
}

fn install_tools() -> Result<()> {
    rustup::install_linters()?;
    cargo_tools::cargo_deny().find_or_install()?;
    fuzz::install_tools()?;
    template_lints::install_tools()?;
    test::install_tools()
}

fn check_formatting() -> Result<()> {
    command::run(&mut command::cargo(["fmt", "--all", "--check"]), "run `cargo fmt --all`")
}

/// Runs clippy for the API and for xtask separately, because together they would compile dependencies with other
/// features.
fn lint() -> Result<()> {
    clippy(&["--package", "api", "--package", "shared", "--all-targets"])?;
    // `--all-targets` does not include this program, because it needs a feature.
    clippy(&["--package", "api", "--features", "bench", "--bin", "bench"])?;
    clippy(&["--package", "xtask", "--all-targets"])?;
    // `--all-targets` does not include these tests, because they run only with the tools in .tools/.
    clippy(&["--package", "api", "--package", "shared", "--test", "aws"])?;
    clippy(&["--package", "xtask", "--test", "deploy", "--test", "deployer_policy"])
}

fn lint_app() -> Result<()> {
    clippy(&["--package", "app", "--target", rustup::WASM_TARGET, "--all-targets"])
}

fn clippy(what: &[&str]) -> Result<()> {
    let mut clippy = command::cargo(["clippy", "--locked"]);
    command::run(clippy.args(what).args(["--", "-D", "warnings"]), "clippy has found a problem")
}

/// Compares deploy/deployer.json with the schemas of the template's resources, which cfn-lint contains.
fn check_deployer_policy() -> Result<()> {
    python::aws_tools()?;
    let mut tests = command::cargo(["test", "--package", "xtask", "--test", "deployer_policy"]);
    command::run(&mut tests, "deploy/deployer.json does not match deploy/template.yaml")
}

/// Builds the documentation of all crates. Broken links are errors.
fn check_documentation() -> Result<()> {
    rustdoc(&["--package", "api", "--package", "shared"])?;
    rustdoc(&["--package", "xtask"])?;
    rustdoc(&["--package", "app", "--target", rustup::WASM_TARGET])
}

/// Warnings are errors. Private items are documented too, so links to them work.
const RUSTDOC_FLAGS: &str = "-D warnings -A rustdoc::private_intra_doc_links";

fn rustdoc(what: &[&str]) -> Result<()> {
    let mut doc = command::cargo(["doc", "--locked", "--no-deps", "--document-private-items"]);
    command::run(doc.args(what).env("RUSTDOCFLAGS", RUSTDOC_FLAGS), "the documentation has a warning")
}

/// Checks the dependencies against deny.toml. Skips advisories, because they need the network and can change without a
/// change in this repository.
fn check_licences() -> Result<()> {
    let mut deny = Command::new(cargo_tools::cargo_deny().find_or_install()?.join("cargo-deny"));
    deny.args(["--all-features", "check", "licenses", "bans", "sources"]).current_dir(env::root());
    command::run(&mut deny, "deny.toml does not allow a dependency")
}
