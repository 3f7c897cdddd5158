//! `cargo xtask ci`: everything that has to hold before a change lands.

use std::time::Instant;

use anyhow::{Context, Result};

use crate::build::site;
use crate::setup::cargo_tools::{self, WASM};
use crate::setup::python;
use crate::system::command::{self, cargo};
use crate::system::env;
use crate::system::terminal::say;
use crate::test;

type Step = (&'static str, fn() -> Result<()>);

const STEPS: [Step; 7] = [
    ("set up", set_up),
    ("format", format),
    ("lints", lints),
    ("lints of the app", lints_of_the_app),
    ("lints of the template", lints_of_the_template),
    ("licences and bans", licences),
    ("site", site::build),
];

/// Runs the steps, then all tests, up to the first failure; tells what each took.
pub(crate) fn run() -> Result<()> {
    let mut times = Vec::new();
    let result = all(&mut times);
    say("\nSeconds of each step:");
    for (name, seconds) in times {
        say(&format!("{seconds:>7.1}  {name}"));
    }
    result
}

fn all(times: &mut Vec<(String, f32)>) -> Result<()> {
    for (name, step) in STEPS {
        timed(times, name.to_owned(), step)?;
    }
    for (name, part) in test::PARTS {
        timed(times, format!("test {name}"), || part(&[]))?;
    }
    Ok(())
}

fn timed(times: &mut Vec<(String, f32)>, name: String, step: impl FnOnce() -> Result<()>) -> Result<()> {
    say(&format!("\n== {name}"));
    let begin = Instant::now();
    let result = step().with_context(|| name.clone());
    times.push((name, begin.elapsed().as_secs_f32()));
    result
}

fn set_up() -> Result<()> {
    cargo_tools::components()?;
    cargo_tools::cargo_deny().ready()?;
    test::ready()
}

fn format() -> Result<()> {
    command::run(&mut cargo(["fmt", "--all", "--check"]), "`cargo fmt --all` would change files")
}

/// Apart from each other, as the tests are.
fn lints() -> Result<()> {
    clippy(&["--package", "api", "--package", "shared", "--all-targets"])?;
    clippy(&["--package", "xtask", "--all-targets"])?;
    // Not among all targets: these are run on an emulated AWS only.
    clippy(&["--package", "api", "--package", "shared", "--test", "aws"])?;
    clippy(&["--package", "xtask", "--test", "deploy"])
}

fn lints_of_the_app() -> Result<()> {
    clippy(&["--package", "app", "--target", WASM, "--all-targets"])
}

fn lints_of_the_template() -> Result<()> {
    let mut lint = python::ready()?.program("cfn-lint");
    command::run(lint.arg(env::root().join("deploy/template.yaml")), "cfn-lint objects")
}

fn clippy(what: &[&str]) -> Result<()> {
    let mut clippy = cargo(["clippy", "--locked"]);
    command::run(clippy.args(what).args(["--", "-D", "warnings"]), "clippy objects")
}

/// Advisories are left out: they need the network, and change without a change of ours.
fn licences() -> Result<()> {
    let mut deny = std::process::Command::new(cargo_tools::cargo_deny().ready()?.join("cargo-deny"));
    deny.args(["--all-features", "check", "licenses", "bans", "sources"]).current_dir(env::root());
    command::run(&mut deny, "a dependency is not allowed by deny.toml")
}
